namespace FcnSharp.Tests.Support;

/// <summary>Tests of process-wide state: no other test runs at the same time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
