namespace FcnSharp.Training.Loading;

/// <summary>A shadow with a straight edge, which covers one side of the window.</summary>
/// <param name="Across">Horizontal position of a point of the edge, as a fraction of the window's width.</param>
/// <param name="Down">Vertical position of that point, as a fraction of the window's height.</param>
/// <param name="Degrees">Direction from the edge into the shadow: 0 to the right, 90 downwards.</param>
/// <param name="Brightness">Factor of the brightness in the shadow.</param>
internal readonly record struct Shadow(double Across, double Down, double Degrees, double Brightness)
{
    /// <summary>The columns of a row that are in the shadow, <c>From</c> to <c>To</c> exclusive.</summary>
    public (int From, int To) InRow(int y, (int Width, int Height) window)
    {
        var (sine, cosine) = Math.SinCos(Degrees * Math.PI / 180);
        var edge = (Across * window.Width) - ((y + 0.5 - (Down * window.Height)) * sine / cosine);
        var column = (int)Math.Clamp(Math.Round(edge), 0, window.Width);
        return cosine > 0 ? (column, window.Width) : (0, column);
    }
}
