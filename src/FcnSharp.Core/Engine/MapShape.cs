namespace FcnSharp.Engine;

/// <summary>The size of a feature map.</summary>
/// <param name="Width">Columns, in cells.</param>
/// <param name="Height">Rows, in cells.</param>
/// <param name="Channels">Values for each cell.</param>
public readonly record struct MapShape(int Width, int Height, int Channels)
{
    /// <summary>The size as text: <c>120x90x64</c>.</summary>
    public override string ToString() => $"{Width}x{Height}x{Channels}";
}
