using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Support;
using FcnSharp.Weights;

namespace FcnSharp.Prediction;

/// <summary>How a predictor works and what it gives. Immutable; change a copy with <c>with</c>.</summary>
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

    /// <summary>How bytes become input, for model files that do not say. Null, the default, takes the model file's; otherwise this one
    /// wins.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>What a file of weights cannot tell, such as all-at-once scaling. Null, the default, means what the file says. Ignored for
    /// networks that are loaded already.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>
    /// The SHA-256 that the file of weights must have, as 64 hexadecimal digits, for services that fetch their model; null, the default,
    /// means any. It is compared before anything else of the file is read. Ignored for networks that are loaded already.
    /// </summary>
    public string? ExpectedSha256
    {
        get;
        init => field = value is null or { Length: 64 } && value?.All(char.IsAsciiHexDigit) != false
            ? value
            : throw new ArgumentException(
                $"{nameof(ExpectedSha256)} must be 64 hexadecimal digits, but has {value!.Length} characters. sha256sum prints them.",
                nameof(ExpectedSha256));
    }

    /// <summary>
    /// Threads that work on one picture, 1 to 1024; null, the default, means one for each physical core that the process may use (on Linux;
    /// elsewhere, one for each logical processor). Ignored when the predictor is given an engine, which has threads of its own.
    /// </summary>
    public int? Threads
    {
        get;
        init =>
            field = value is { } threads
                ? Guard.InRange(threads, 1, 1024, nameof(Threads), "Leave it out for one thread per core.")
                : null;
    }

    /// <summary>
    /// Bytes that the maps between layers may take for one picture, at least 1 MiB; the default is 2 GiB. Larger pictures are worked on in
    /// overlapping tiles, with the same result but for rounding errors. Ignored when the predictor is given an engine.
    /// </summary>
    public long MaxWorkingMemory { get; init => field = new CpuEngineOptions { MaxWorkingMemory = value }.MaxWorkingMemory; } =
        CpuEngineOptions.DefaultWorkingMemory;

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
