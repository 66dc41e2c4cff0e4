namespace FcnSharp.Benchmarks;

/// <summary>One of the things this program measures.</summary>
internal abstract class Command
{
    /// <summary>What to type after <c>--</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it takes, in one line.</summary>
    public abstract string Usage { get; }

    /// <summary>Names of the options that take a value.</summary>
    public abstract IReadOnlyCollection<string> Options { get; }

    /// <summary>Names of those that take none.</summary>
    public virtual IReadOnlyCollection<string> Switches => [];

    /// <summary>Whether it takes words besides options, such as paths.</summary>
    public virtual bool TakesWords => false;

    /// <returns>The program's exit code.</returns>
    public abstract int Run(Arguments arguments);
}
