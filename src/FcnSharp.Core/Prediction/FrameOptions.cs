using FcnSharp.Support;

namespace FcnSharp.Prediction;

/// <summary>How the frames of a video are segmented. Immutable; change a copy with <c>with</c>.</summary>
public sealed record FrameOptions
{
    /// <summary>
    /// The network sees the first frame and every so manieth after it, 1 to 1000; the frames between get the labels of the last one that
    /// it has seen. The default is 1: every frame.
    /// </summary>
    public int Every
    {
        get;
        init => field = Guard.InRange(value, 1, 1000, nameof(Every), "1 shows the network every frame.");
    } = 1;

    /// <summary>
    /// How much of the earlier frames' probabilities each frame keeps, 0 to 0.99, against flicker: mean = Smoothing * mean +
    /// (1 - Smoothing) * probabilities, over the frames that the network sees. More is steadier and follows later. The default, 0, takes
    /// each frame by itself.
    /// </summary>
    public double Smoothing
    {
        get;
        init => field = Guard.InRange(value, 0, 0.99, nameof(Smoothing), "0 takes each frame by itself, 0.6 is steadier.");
    }
}
