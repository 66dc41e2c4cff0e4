using FcnSharp.Support;

namespace FcnSharp.Prediction;

/// <summary>Options for the frames of a video. Immutable; change a copy with <c>with</c>.</summary>
public sealed record FrameOptions
{
    /// <summary>
    /// The network computes the first frame and then each frame of this number, 1 to 1000; the frames between them reuse its last labels.
    /// The default is 1: every frame.
    /// </summary>
    public int Every
    {
        get;
        init => field = Guard.InRange(value, 1, 1000, nameof(Every), "1 computes every frame.");
    } = 1;

    /// <summary>
    /// The weight of the earlier frames in an exponential mean of the probabilities, 0 to 0.99, against flicker: mean = Smoothing * mean +
    /// (1 - Smoothing) * probabilities, over the frames that the network computes. A larger value is steadier and follows changes later.
    /// The default, 0, takes each frame separately.
    /// </summary>
    public double Smoothing
    {
        get;
        init => field = Guard.InRange(value, 0, 0.99, nameof(Smoothing), "0 takes each frame separately, 0.6 is steadier.");
    }
}
