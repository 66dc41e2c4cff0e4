namespace FcnSharp.Networks;

/// <summary>How a picture's bytes become a network's input: <c>x = (byte / 255 - Mean) / Deviation</c>, channel by channel, in RGB
/// order.</summary>
public sealed record Normalization
{
    /// <summary>ImageNet's statistics, as torchvision uses them.</summary>
    public static Normalization ImageNet { get; } = new(new(0.485f, 0.456f, 0.406f), new(0.229f, 0.224f, 0.225f));

    /// <summary>
    /// The published Caffe networks' input: bytes minus the mean (122.67891434, 116.66876762, 104.00698793), unscaled.
    /// Theirs is BGR; the first convolution's channels are flipped once, so that pictures stay RGB.
    /// </summary>
    public static Normalization Caffe { get; } = new(
        new(122.67891434f / 255, 116.66876762f / 255, 104.00698793f / 255), new(1f / 255, 1f / 255, 1f / 255));

    /// <summary>Names the two statistics.</summary>
    /// <param name="mean">Subtracted; on the scale where 1 is the byte 255.</param>
    /// <param name="deviation">Divided by; finite and above 0, on the same scale.</param>
    /// <exception cref="ArgumentException">A value is not finite, or a deviation is not above 0.</exception>
    public Normalization(ChannelValues mean, ChannelValues deviation)
    {
        if (!mean.All(float.IsFinite) || !deviation.All(value => float.IsFinite(value) && value > 0))
        {
            throw new ArgumentException($"A mean of {mean} and a deviation of {deviation} do not normalise: " +
                "both must be finite, and deviations above 0.");
        }

        (Mean, Deviation) = (mean, deviation);
    }

    /// <summary>Subtracted from the scaled byte.</summary>
    public ChannelValues Mean { get; }

    /// <summary>Divided by after the subtraction.</summary>
    public ChannelValues Deviation { get; }
}
