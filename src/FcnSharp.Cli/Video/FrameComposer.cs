using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Video;

/// <summary>Draws the frames of the result. Thread-safe.</summary>
internal sealed class FrameComposer
{
    private readonly OverlayOptions overlay;
    private readonly FrameLegend? legend;

    /// <param name="options">How classes are laid over the frames; a legend is a <see cref="FrameLegend"/>.</param>
    /// <param name="classes">Names and colours.</param>
    /// <param name="info">The video, for the size of the frames.</param>
    public FrameComposer(OverlayOptions options, ClassList classes, VideoInfo info)
    {
        overlay = options with { Legend = false };
        legend = options.Legend ? new FrameLegend(classes.WithPalette(classes.OverlayPalette), info.Width, info.Height) : null;
        Size = legend is null ? (info.Width, info.Height) : (legend.Width, legend.Height);
    }

    /// <summary>The size of the drawn frames, in pixels.</summary>
    public (int Width, int Height) Size { get; }

    public RgbImage Compose(Segmentation frame)
    {
        var drawn = frame.ToOverlay(overlay);
        return legend?.Below(drawn) ?? drawn;
    }
}
