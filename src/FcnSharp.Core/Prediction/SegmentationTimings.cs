namespace FcnSharp.Prediction;

/// <summary>Where the time of one segmentation went. Wall-clock time.</summary>
public sealed record SegmentationTimings
{
    internal SegmentationTimings(TimeSpan decoding, TimeSpan scaling, TimeSpan network) =>
        (Decoding, Scaling, Network) = (decoding, scaling, network);

    /// <summary>From file bytes to pixels; zero for a picture that was in memory.</summary>
    public TimeSpan Decoding { get; }

    /// <summary>To the working size.</summary>
    public TimeSpan Scaling { get; }

    /// <summary>From the scaled picture to labels at the picture's own size.</summary>
    public TimeSpan Network { get; }

    /// <summary>All of it.</summary>
    public TimeSpan Total => Decoding + Scaling + Network;
}
