namespace FcnSharp.Networks;

/// <summary>The normalisation of a network's input: <c>x = (byte / 255 - Mean) / Deviation</c>, channel by channel, in RGB
/// order. Immutable.</summary>
public sealed record Normalization
{
    /// <summary>ImageNet's statistics, as torchvision uses them.</summary>
    public static Normalization ImageNet { get; } = new(new(0.485f, 0.456f, 0.406f), new(0.229f, 0.224f, 0.225f));

    /// <summary>
    /// The published Caffe networks' input: bytes minus the mean (122.67891434, 116.66876762, 104.00698793), unscaled.
    /// Those networks read BGR; loading flips the channels of the first convolution once, so that pictures stay RGB.
    /// </summary>
    public static Normalization Caffe { get; } = new(
        new(122.67891434f / 255, 116.66876762f / 255, 104.00698793f / 255), new(1f / 255, 1f / 255, 1f / 255));

    /// <summary>Creates a normalisation from its two statistics.</summary>
    /// <param name="mean">The mean, on the scale where 1 is the byte 255; finite.</param>
    /// <param name="deviation">The standard deviation, on the same scale; finite and above 0.</param>
    /// <exception cref="ArgumentException">A value is not finite, or a deviation is not above 0.</exception>
    public Normalization(ChannelValues mean, ChannelValues deviation)
    {
        if (!mean.All(float.IsFinite) || !deviation.All(value => float.IsFinite(value) && value > 0))
        {
            throw new ArgumentException($"A mean of {mean} and a deviation of {deviation} are not valid: " +
            "both must be finite, and deviations must be above 0.");
        }

        (Mean, Deviation) = (mean, deviation);
    }

    /// <summary>The mean, which is subtracted from the scaled byte.</summary>
    public ChannelValues Mean { get; }

    /// <summary>The standard deviation, by which the difference is divided.</summary>
    public ChannelValues Deviation { get; }
}
