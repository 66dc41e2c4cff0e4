namespace FcnSharp.Prediction;

/// <summary>Where the time of one segmentation went. Wall-clock time.</summary>
/// <param name="Decoding">From file bytes to pixels; zero for a picture that was in memory.</param>
/// <param name="Scaling">To the working size.</param>
/// <param name="Network">From the scaled picture to labels at the picture's own size.</param>
public sealed record SegmentationTimings(TimeSpan Decoding, TimeSpan Scaling, TimeSpan Network)
{
    /// <summary>All of it.</summary>
    public TimeSpan Total => Decoding + Scaling + Network;
}
