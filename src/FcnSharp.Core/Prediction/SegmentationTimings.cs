namespace FcnSharp.Prediction;

/// <summary>The time of each stage of one segmentation, as wall-clock time. Immutable.</summary>
public sealed record SegmentationTimings
{
    internal SegmentationTimings(TimeSpan decoding, TimeSpan scaling, TimeSpan network) =>
        (Decoding, Scaling, Network) = (decoding, scaling, network);

    /// <summary>Time to read and decode the file; zero for a decoded picture in memory.</summary>
    public TimeSpan Decoding { get; }

    /// <summary>Time to scale the picture to the working size.</summary>
    public TimeSpan Scaling { get; }

    /// <summary>Time to compute the labels, at the size of the original picture, from the scaled picture.</summary>
    public TimeSpan Network { get; }

    /// <summary>The sum of all stages.</summary>
    public TimeSpan Total => Decoding + Scaling + Network;
}
