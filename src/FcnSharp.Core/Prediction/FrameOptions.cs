using FcnSharp.Support;

namespace FcnSharp.Prediction;

/// <summary>Options for the frames of a video. Immutable; change a copy with <c>with</c>.</summary>
public sealed record FrameOptions
{
    /// <summary>
    /// The interval of segmented frames, 1 to 1000: the network segments the first frame and every n-th frame after it; the frames between
    /// get the labels of the last segmented one. The default is 1: every frame.
    /// </summary>
    public int Every
    {
        get;
        init => field = Guard.InRange(value, 1, 1000, nameof(Every), "1 shows the network every frame.");
    } = 1;

    /// <summary>
    /// The weight of the earlier frames' probabilities, 0 to 0.99, against flicker: mean = Smoothing * mean +
    /// (1 - Smoothing) * probabilities, over the segmented frames. Larger values give less flicker and more delay. The default, 0, segments
    /// each frame independently.
    /// </summary>
    public double Smoothing
    {
        get;
        init => field = Guard.InRange(value, 0, 0.99, nameof(Smoothing), "0 takes each frame by itself, 0.6 is steadier.");
    }
}
