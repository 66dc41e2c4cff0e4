using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Prediction;

/// <summary>How a predictor sees pictures and what it gives. Immutable; change a copy with <c>with</c>.</summary>
/// <remarks>How a file of weights is read is a matter of <see cref="FcnSharp.Weights.CheckpointOptions"/>, how the machine is used one of
/// the engine, such as <see cref="FcnSharp.Engine.CpuEngineOptions"/>.</remarks>
public sealed record PredictorOptions
{
    /// <summary>
    /// The side, in pixels, to which a picture is scaled for the network: the longer one, unless the model's card says the shorter one, in
    /// which case the longer one becomes four times as long at most. The class map comes back at the picture's own size. Null, the default,
    /// takes the size in the model file; 0 takes every picture as it is. 0 to 65535.
    /// </summary>
    public int? WorkingSize
    {
        get;
        init => field = value is { } size
            ? Guard.InRange(size, 0, 65535, nameof(WorkingSize),
                "Give a side in pixels, 0 for pictures as they are, or null for the model's own.")
            : null;
    }

    /// <summary>Whether to give <see cref="Segmentation.Confidence"/>: a byte per pixel. The default is false.</summary>
    public bool Confidence { get; init; }

    /// <summary>
    /// How sure the network has to be, 0 to 1: pixels of less confidence get <see cref="LabelMap.IgnoreId"/>, which overlays leave as they
    /// are and shares and regions leave out. The default, 0, gives every pixel a class. See <see cref="ModelCard.Temperature"/> for what
    /// confidence means.
    /// </summary>
    public double MinConfidence
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(MinConfidence), "0.5 leaves out what is more likely something else.");
    }

    /// <summary>Whether to give <see cref="Segmentation.Probabilities"/>: 4 bytes per pixel and class. The default is false.</summary>
    public bool Probabilities { get; init; }

    /// <summary>Further views of each picture that the network is asked about, such as those of
    /// <see cref="TestTimeAugmentation.Accurate"/>. Null, the default, means the picture alone.</summary>
    public TestTimeAugmentation? TestTimeAugmentation { get; init; }

    /// <summary>Limits for picture files. Ignored for pictures that are already in memory.</summary>
    public DecodeOptions Decoding { get; init; } = new();
}
