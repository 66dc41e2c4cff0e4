using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Prediction;

/// <summary>The working size, the views and the results of a predictor. Immutable; change a copy with <c>with</c>.</summary>
/// <remarks><see cref="FcnSharp.Weights.CheckpointOptions"/> controls how a file of weights is read; the options of the engine, such as
/// <see cref="FcnSharp.Engine.CpuEngineOptions"/>, control threads and memory.</remarks>
public sealed record PredictorOptions
{
    /// <summary>
    /// The working size: the length, in pixels, to which a side of a picture is scaled for the network, 0 to 65535. It applies to the
    /// longer side, or to the shorter side if the model's card says so; the longer side then becomes at most four times as long. The labels
    /// have the size of the original picture. Null, the default, means the size in the model file; 0 means no scaling.
    /// </summary>
    public int? WorkingSize
    {
        get;
        init => field = value is { } size
            ? Guard.InRange(size, 0, 65535, nameof(WorkingSize),
                "Give a side in pixels, 0 for no scaling, or null for the size in the model file.")
            : null;
    }

    /// <summary>Whether to compute <see cref="Segmentation.Confidence"/>: 1 byte per pixel. The default is false.</summary>
    public bool Confidence { get; init; }

    /// <summary>
    /// The minimum confidence of a label, 0 to 1: pixels of lower confidence get <see cref="LabelMap.IgnoreId"/>, which overlays do not
    /// colour and shares and regions do not count. The default, 0, gives every pixel a class. See <see cref="ModelCard.Temperature"/> for
    /// the meaning of confidence.
    /// </summary>
    public double MinConfidence
    {
        get;
        init => field = Guard.InRange(
            value, 0, 1, nameof(MinConfidence), "0.5 ignores pixels whose class is less likely than all others together.");
    }

    /// <summary>Whether to compute <see cref="Segmentation.Probabilities"/>: 4 bytes per pixel and class. The default is false.</summary>
    public bool Probabilities { get; init; }

    /// <summary>Views of each picture that are averaged, such as <see cref="TestTimeAugmentation.Accurate"/>. Null, the default, means the
    /// picture alone.</summary>
    public TestTimeAugmentation? TestTimeAugmentation { get; init; }

    /// <summary>Limits for picture files. Ignored for decoded pictures in memory.</summary>
    public DecodeOptions Decoding { get; init; } = new();
}
