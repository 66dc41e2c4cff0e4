using FcnSharp.Support;

namespace FcnSharp.Networks;

/// <summary>One number for each colour channel.</summary>
/// <param name="R">The number of the red channel.</param>
/// <param name="G">The number of the green channel.</param>
/// <param name="B">The number of the blue channel.</param>
public readonly record struct ChannelValues(float R, float G, float B)
{
    /// <summary>The three numbers in brackets, in the invariant culture.</summary>
    public override string ToString() => Guard.Text($"({R}, {G}, {B})");

    internal bool All(Func<float, bool> holds) => holds(R) && holds(G) && holds(B);
}
