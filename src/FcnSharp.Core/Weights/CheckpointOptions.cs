using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Weights;

/// <summary>What a checkpoint cannot tell, and what shall become of it. Immutable; change a copy with <c>with</c>.</summary>
/// <remarks>
/// The defaults load a whole network as it is. Asking for another variant, layout or class count than the file's keeps what fits and
/// initialises the rest anew: score layers zero, upsampling bilinear, other layers by He's rule.
/// </remarks>
public sealed record CheckpointOptions
{
    /// <summary>The network to make; null, the default, means the file's own, and FCN-8s for a backbone.</summary>
    public FcnVariant? Variant { get; init; }

    /// <summary>The layout to make; null, the default, means the file's own: the original one where fc6 is 7x7.</summary>
    public FcnLayout? Layout { get; init; }

    /// <summary>How many classes to score, background included; null, the default, means the file's own, and 21 for a backbone.</summary>
    public int? NumClasses { get; init; }

    /// <summary>
    /// The residual blocks to keep of a ResNet, in each stage the first ones: a shorter network that starts from a longer one's weights.
    /// Null, the default, means the file's own. What is dropped is named in the report.
    /// </summary>
    public ResNetBlocks? Blocks { get; init; }

    /// <summary>The names of the file's layers; null, the default, means that of <see cref="Weights.NameMap.All"/> which fits best. Ignored
    /// for ONNX files, whose graph says what is what.</summary>
    public NameMap? NameMap { get; init; }

    /// <summary>
    /// Whether the skip connections were trained all at once, which leaves no trace in PyTorch files. Null, the default, means what the
    /// file says: its metadata, or Caffe's scale layers.
    /// </summary>
    public bool? AtOnce { get; init; }

    /// <summary>Order of the colour channels that the weights were trained with; null, the default, means that of the name map.</summary>
    public ChannelOrder? ChannelOrder { get; init; }

    /// <summary>How bytes become input; null, the default, means what the file or else the name map says.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>Names and colours of the classes; null, the default, means what the file says.</summary>
    public ClassList? Classes { get; init; }

    /// <summary>
    /// Whether tensors that are missing or misshapen are initialised anew instead of refused. The default is false. The trunk's first
    /// convolutions must be there in any case, since the widths are told from them.
    /// </summary>
    public bool Partial { get; init; }

    /// <summary>
    /// The SHA-256 that the file must have, as 64 hexadecimal digits, for services that fetch their model; null, the default, means any. It
    /// is compared before anything else of the file is read.
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

    /// <summary>Start of the random numbers for layers that are initialised by He's rule. The default is 1; the same seed gives the same
    /// numbers.</summary>
    public int Seed { get; init; } = 1;
}
