using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>A dark legend below the frames of a video: every class in order of id, the same for all frames.</summary>
/// <remarks>Thread-safe. Other than <see cref="Legend.Below"/>, it has no shares, and does not depend on the labels.</remarks>
public sealed class FrameLegend
{
    private readonly RgbImage panel;
    private readonly int frameWidth;
    private readonly int frameHeight;

    /// <summary>Draws the legend.</summary>
    /// <param name="classes">Names and colours, such as <c>classes.WithPalette(classes.OverlayPalette)</c>.</param>
    /// <param name="width">Columns of the frames, in pixels; at least 1.</param>
    /// <param name="height">Rows of the frames, in pixels; at least 1.</param>
    /// <exception cref="ArgumentException">A frame and the legend together do not fit an array.</exception>
    public FrameLegend(ClassList classes, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(classes);
        Guard.PictureSize(width, height);
        (frameWidth, frameHeight) = (width, height);
        var rows = Legend.RowsOf(classes);
        var layout = LegendLayout.BelowFrames(rows.Length, rows.Max(row => row.Width), width, height);
        (Width, Height) = (layout.Width == width ? width : Even(layout.Width), Even(height + layout.Height));
        Legend.CheckFits(Width, Height);
        panel = Legend.Draw(rows, layout, Legend.Dark);
    }

    /// <summary>Columns of a frame with the legend, in pixels: those of the frame, unless it is too narrow for a name.</summary>
    public int Width { get; }

    /// <summary>Rows of a frame with the legend, in pixels; even, as H.264 requires.</summary>
    public int Height { get; }

    /// <summary>Adds the legend to a frame.</summary>
    /// <param name="frame">The frame, which is copied to the top unchanged.</param>
    /// <returns>A picture of <see cref="Width"/> and <see cref="Height"/>.</returns>
    /// <exception cref="ArgumentException">The frame has another size than the legend was made for.</exception>
    public RgbImage Below(RgbImage frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return (frame.Width, frame.Height) == (frameWidth, frameHeight)
            ? Legend.Join(frame, panel, Legend.Dark.Paper, Width, Height)
            : throw new ArgumentException(
                Guard.Text($"The frame is {frame.Width}x{frame.Height}, but the legend is for {frameWidth}x{frameHeight}. ") +
                "Make a legend for each size.",
                nameof(frame));
    }

    private static int Even(int length) => length + (length % 2);
}
