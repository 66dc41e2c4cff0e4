namespace FcnSharp.Networks;

/// <summary>The part of a network that turns a picture into features; see <see cref="VggTrunkOptions"/>. Immutable.</summary>
public abstract record TrunkOptions
{
    private protected TrunkOptions()
    {
    }
}
