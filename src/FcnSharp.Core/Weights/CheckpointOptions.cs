using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Weights;

/// <summary>The network to make of a checkpoint, and facts that its file does not state. Immutable; change a copy with
/// <c>with</c>.</summary>
/// <remarks>
/// The defaults load a whole network unchanged. If the variant, the layout or the class count differs from that of the file, the tensors
/// that fit are kept and the others are reinitialised: score layers with zero, upsampling layers bilinearly, other layers by He's rule.
/// </remarks>
public sealed record CheckpointOptions
{
    /// <summary>The variant to make; null, the default, means that of the file, and FCN-8s for a backbone.</summary>
    public FcnVariant? Variant { get; init; }

    /// <summary>The layout to make; null, the default, means that of the file: the original layout if fc6 is 7x7.</summary>
    public FcnLayout? Layout { get; init; }

    /// <summary>Number of classes, background included; null, the default, means that of the file, and 21 for a backbone.</summary>
    public int? NumClasses { get; init; }

    /// <summary>
    /// Number of residual blocks of a ResNet to keep in each stage, counted from its first block: a shorter network starts from the weights
    /// of a longer one. Null, the default, means all blocks of the file. The report names the dropped tensors.
    /// </summary>
    public ResNetBlocks? Blocks { get; init; }

    /// <summary>The name map of the file; null, the default, means the map of <see cref="Weights.NameMap.All"/> that fits best. Ignored for
    /// ONNX files, whose graph identifies the layers.</summary>
    public NameMap? NameMap { get; init; }

    /// <summary>
    /// Whether the skip connections were trained all at once, which leaves no trace in PyTorch files. Null, the default, means that the
    /// file's metadata or Caffe's scale layers decide.
    /// </summary>
    public bool? AtOnce { get; init; }

    /// <summary>The channel order that the weights were trained with; null, the default, means that of the name map.</summary>
    public ChannelOrder? ChannelOrder { get; init; }

    /// <summary>The normalisation of the input; null, the default, means that of the file, or else that of the name map.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>Names and colours of the classes; null, the default, means those of the file.</summary>
    public ClassList? Classes { get; init; }

    /// <summary>
    /// Whether tensors that are missing or have the wrong shape are reinitialised instead of refused. The default is false. The trunk's
    /// first convolutions must exist in any case, since the widths are inferred from them.
    /// </summary>
    public bool Partial { get; init; }

    /// <summary>
    /// The SHA-256 that the file must have, as 64 hexadecimal digits, for services that download their model; null, the default, means any.
    /// It is compared before the file is parsed.
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

    /// <summary>Seed of the random numbers for layers that are initialised by He's rule. The default is 1; the same seed gives the same
    /// weights.</summary>
    public int Seed { get; init; } = 1;
}
