using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Weights;

/// <summary>A table <c>ours=theirs</c> that translates this library's layer names to those of another tool, with the preprocessing of that
/// tool's networks. Immutable and thread-safe.</summary>
public sealed partial class NameMap
{
    private const string OwnTrunk = """
        conv1.0=conv1.0  conv1.2=conv1.2
        conv2.0=conv2.0  conv2.2=conv2.2
        conv3.0=conv3.0  conv3.2=conv3.2  conv3.4=conv3.4
        conv4.0=conv4.0  conv4.2=conv4.2  conv4.4=conv4.4
        conv5.0=conv5.0  conv5.2=conv5.2  conv5.4=conv5.4
        fc6.0=fc6.0  fc7.0=fc7.0
        """;

    private const string OwnBatchNorm = """
        conv1.0.bn=conv1.0.bn  conv1.2.bn=conv1.2.bn
        conv2.0.bn=conv2.0.bn  conv2.2.bn=conv2.2.bn
        conv3.0.bn=conv3.0.bn  conv3.2.bn=conv3.2.bn  conv3.4.bn=conv3.4.bn
        conv4.0.bn=conv4.0.bn  conv4.2.bn=conv4.2.bn  conv4.4.bn=conv4.4.bn
        conv5.0.bn=conv5.0.bn  conv5.2.bn=conv5.2.bn  conv5.4.bn=conv5.4.bn
        fc6.0.bn=fc6.0.bn  fc7.0.bn=fc7.0.bn
        """;

    private const string OwnHead = """
        fc8=fc8  score_4b.0=score_4b.0  score_3b.0=score_3b.0  score_2b.0=score_2b.0
        upscore=upscore  upscore_4b=upscore_4b  upscore_3b=upscore_3b  upscore_2b=upscore_2b
        """;

    private const string CaffeTrunk = """
        conv1.0=conv1_1  conv1.2=conv1_2
        conv2.0=conv2_1  conv2.2=conv2_2
        conv3.0=conv3_1  conv3.2=conv3_2  conv3.4=conv3_3
        conv4.0=conv4_1  conv4.2=conv4_2  conv4.4=conv4_3
        conv5.0=conv5_1  conv5.2=conv5_2  conv5.4=conv5_3
        fc6.0=fc6  fc7.0=fc7
        """;

    private const string SemsegTrunk = """
        conv1.0=conv_block1.0  conv1.2=conv_block1.2
        conv2.0=conv_block2.0  conv2.2=conv_block2.2
        conv3.0=conv_block3.0  conv3.2=conv_block3.2  conv3.4=conv_block3.4
        conv4.0=conv_block4.0  conv4.2=conv_block4.2  conv4.4=conv_block4.4
        conv5.0=conv_block5.0  conv5.2=conv_block5.2  conv5.4=conv_block5.4
        fc6.0=classifier.0  fc7.0=classifier.3
        """;

    private const string SemsegHead = """
        fc8=classifier.6  score_4b.0=score_pool4  score_3b.0=score_pool3
        upscore=upscore2  upscore_4b=upscore4  upscore_3b=upscore8
        """;

    private const string TorchvisionTrunk = """
        conv1.0=features.0   conv1.2=features.2
        conv2.0=features.5   conv2.2=features.7
        conv3.0=features.10  conv3.2=features.12  conv3.4=features.14
        conv4.0=features.17  conv4.2=features.19  conv4.4=features.21
        conv5.0=features.24  conv5.2=features.26  conv5.4=features.28
        fc6.0=classifier.0  fc7.0=classifier.3
        """;

    private const string TorchvisionBatchNormTrunk = """
        conv1.0=features.0   conv1.0.bn=features.1   conv1.2=features.3   conv1.2.bn=features.4
        conv2.0=features.7   conv2.0.bn=features.8   conv2.2=features.10  conv2.2.bn=features.11
        conv3.0=features.14  conv3.0.bn=features.15  conv3.2=features.17  conv3.2.bn=features.18
        conv3.4=features.20  conv3.4.bn=features.21
        conv4.0=features.24  conv4.0.bn=features.25  conv4.2=features.27  conv4.2.bn=features.28
        conv4.4=features.30  conv4.4.bn=features.31
        conv5.0=features.34  conv5.0.bn=features.35  conv5.2=features.37  conv5.2.bn=features.38
        conv5.4=features.40  conv5.4.bn=features.41
        fc6.0=classifier.0  fc7.0=classifier.3
        """;

    /// <summary>Counters of training batches, which do not change a network's output.</summary>
    private const string BatchCounters = "*.num_batches_tracked";

    /// <summary>The last layer of an ImageNet classifier.</summary>
    private const string TorchvisionClassifier = "classifier.6.*";

    /// <summary>The last layer of an ImageNet classifier, and the scale factors of a network whose skips were trained at once, which are
    /// an option here.</summary>
    private const string CaffeOthers = "fc8.* scale_pool3.* scale_pool4.*";

    private readonly FrozenDictionary<string, string> toOurs;

    private NameMap(string name, params string[] tables)
    {
        Name = name;
        Layers = tables
            .SelectMany(table => Words(table))
            .Select(pair => pair.Split('='))
            .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        toOurs = Layers.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }

    /// <summary>This library's names, which are those of the blog post's compact FCN-8s.</summary>
    public static NameMap FcnSharp { get; } = new("FcnSharp (blog post)", OwnTrunk, OwnBatchNorm, OwnHead)
    {
        IrrelevantTensors = Words(BatchCounters),
        Vgg19Layers = Words("conv3.6 conv4.6 conv5.6"),
        ResNetPrefix = ResNetTrunkGraph.Prefix,
    };

    /// <summary>Caffe's and wkentaro/pytorch-fcn's FCN-8s, whether trained in stages or at once.</summary>
    public static NameMap CaffeFcn8s { get; } =
        Caffe("8s", "upscore=upscore2  score_4b.0=score_pool4  upscore_4b=upscore_pool4  score_3b.0=score_pool3  upscore_3b=upscore8");

    /// <summary>Caffe's and wkentaro/pytorch-fcn's FCN-16s.</summary>
    public static NameMap CaffeFcn16s { get; } = Caffe("16s", "upscore=upscore2  score_4b.0=score_pool4  upscore_4b=upscore16");

    /// <summary>Caffe's and wkentaro/pytorch-fcn's FCN-32s. Caffe's VGG-16 has the same trunk and loads as a backbone.</summary>
    public static NameMap CaffeFcn32s { get; } = Caffe("32s", "upscore=upscore");

    /// <summary>pytorch-semseg's FCN-8s with learned upsampling.</summary>
    public static NameMap PytorchSemseg { get; } = new("pytorch-semseg FCN-8s", SemsegTrunk, SemsegHead)
    {
        Normalization = Normalization.Caffe,
        ChannelOrder = ChannelOrder.Bgr,
        Vgg19Layers = Words("conv_block3.6 conv_block4.6 conv_block5.6"),
    };

    /// <summary>torchvision's VGG-16, a backbone.</summary>
    public static NameMap TorchvisionVgg16 { get; } =
        new("torchvision VGG-16", TorchvisionTrunk)
        {
            Normalization = Normalization.ImageNet,
            IrrelevantTensors = Words(TorchvisionClassifier),
            Vgg19Layers = Words("features.16 features.23 features.25 features.30 features.32 features.34"),
        };

    /// <summary>torchvision's VGG-16 with batch normalisation, a backbone.</summary>
    public static NameMap TorchvisionVgg16BatchNorm { get; } =
        new("torchvision VGG-16-BN", TorchvisionBatchNormTrunk)
        {
            Normalization = Normalization.ImageNet,
            IrrelevantTensors = Words($"{BatchCounters} {TorchvisionClassifier}"),
            Vgg19Layers = Words("features.23 features.33 features.36 features.43 features.46 features.49"),
        };

    /// <summary>torchvision's ResNet-18 to 101, backbones. The table is empty: a layer has our name without <c>backbone.</c>.</summary>
    public static NameMap TorchvisionResNet { get; } = new("torchvision ResNet")
    {
        Normalization = Normalization.ImageNet,
        IrrelevantTensors = Words($"{BatchCounters} fc.*"),
        ResNetPrefix = "",
    };

    /// <summary>torchvision's FCN on ResNet-50 and 101, and this library's networks of that kind. Without metadata, a network of 21 classes
    /// has Pascal VOC's classes, and every network has the working size of torchvision's evaluations.</summary>
    public static NameMap TorchvisionFcn { get; } =
        new("torchvision FCN-ResNet", "classifier.0=classifier.0 classifier.1=classifier.1 classifier.4=classifier.4")
        {
            Normalization = Normalization.ImageNet,
            IrrelevantTensors = Words($"{BatchCounters} aux_classifier.*"),
            ResNetPrefix = ResNetTrunkGraph.Prefix,
            Card = new ModelCard { Classes = ClassList.Voc, WorkingSize = 520, WorkingSide = WorkingSide.Shorter },
        };

    /// <summary>
    /// The ResNet-18 of the NuGet package Microsoft.ML.DnnImageFeaturizer.ResNet18, a backbone, under torchvision's names. It was trained
    /// on BGR bytes minus a mean; loading scales its first convolution once, so that pictures are divided by ImageNet's deviations as
    /// usual.
    /// </summary>
    public static NameMap CntkResNet { get; } = new("CNTK ResNet (ONNX)")
    {
        Normalization = new Normalization(new(123.1516f / 255, 115.9029f / 255, 103.0626f / 255), Normalization.ImageNet.Deviation),
        ChannelOrder = ChannelOrder.Bgr,
        InputScale = new(
            255 * Normalization.ImageNet.Deviation.R, 255 * Normalization.ImageNet.Deviation.G, 255 * Normalization.ImageNet.Deviation.B),
        ResNetPrefix = "",
    };

    /// <summary>An ONNX graph of any tool: its operations, not its names, identify the layers. The normalisation is known only if the
    /// metadata state it.</summary>
    internal static NameMap OnnxGraph { get; } = new("an ONNX graph") { Card = TorchvisionFcn.Card };

    /// <summary>All predefined maps, in the order in which they are tried.</summary>
    public static ImmutableArray<NameMap> All { get; } =
        [
            FcnSharp, CaffeFcn8s, CaffeFcn16s, CaffeFcn32s, PytorchSemseg, TorchvisionVgg16, TorchvisionVgg16BatchNorm, TorchvisionResNet,
            TorchvisionFcn, CntkResNet,
        ];

    /// <summary>Display name of the tool.</summary>
    public string Name { get; }

    /// <summary>The table: the other tool's layer names by this library's.</summary>
    public IReadOnlyDictionary<string, string> Layers { get; }

    /// <summary>The normalisation of the tool's networks, in RGB order; null if the tool does not fix one.</summary>
    public Normalization? Normalization { get; private init; }

    /// <summary>The order in which the tool's networks expect the colour channels.</summary>
    public ChannelOrder ChannelOrder { get; private init; }

    /// <summary>Tensors of the tool's files that are irrelevant here because they do not change the scores, as patterns that start or end
    /// with an asterisk.</summary>
    internal ImmutableArray<string> IrrelevantTensors { get; private init; } = [];

    /// <summary>Layers that identify a VGG-19 with these names: a VGG-16 has none of them.</summary>
    internal ImmutableArray<string> Vgg19Layers { get; private init; } = [];

    /// <summary>The tool's prefix for the layers of a ResNet, where ours is <c>backbone.</c>; null for a tool without ResNets.</summary>
    internal string? ResNetPrefix { get; private init; }

    /// <summary>Factors of the first convolution's weights for each channel, in RGB order, that make them fit
    /// <see cref="Normalization"/>; null for none.</summary>
    internal ChannelValues? InputScale { get; private init; }

    /// <summary>The card of the tool's published networks; null if there is none.</summary>
    internal ModelCard? Card { get; private init; }

    /// <summary>Whether the tool's networks have score layers; a backbone has none.</summary>
    public bool IsBackbone => !Layers.ContainsKey("fc8") && !Layers.ContainsKey(DilatedFcnOptions.ScoreLayer);

    /// <summary>The names of the published Caffe networks, which wkentaro/pytorch-fcn shares.</summary>
    /// <param name="variant">The variant: the names of upsampling layers differ between variants.</param>
    /// <exception cref="ArgumentOutOfRangeException">The paper has no such network.</exception>
    public static NameMap Caffe(FcnVariant variant) => variant switch
    {
        FcnVariant.Fcn8s => CaffeFcn8s,
        FcnVariant.Fcn16s => CaffeFcn16s,
        FcnVariant.Fcn32s => CaffeFcn32s,
        _ => throw new ArgumentOutOfRangeException(
            nameof(variant), variant, $"Caffe has no network of variant {variant}. Choose a variant of the paper."),
    };

    /// <summary>Creates a custom map, for <see cref="CheckpointOptions.NameMap"/>.</summary>
    /// <param name="table">
    /// Pairs <c>ours=theirs</c> of layers, without <c>.weight</c> and <c>.bias</c>, separated by white space: <c>conv1.0=features.0</c>.
    /// <see cref="FcnSharp"/> and <see cref="TorchvisionFcn"/> list our names; those of a ResNet's layers begin with <c>backbone.</c>.
    /// </param>
    /// <param name="name">Display name of the tool.</param>
    /// <param name="normalization">The normalisation of the tool's networks, in RGB order; null if it is not known.</param>
    /// <param name="channelOrder">The order in which the tool's networks expect the colour channels.</param>
    /// <exception cref="ArgumentException">A pair is malformed, a layer of ours is unknown, or a layer has two names.</exception>
    public static NameMap Parse(
        string table, string name = "a map of the caller", Normalization? normalization = null,
        ChannelOrder channelOrder = ChannelOrder.Rgb)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var words = Words(table);
        foreach (var word in words)
        {
            if (word.Split('=') is not [{ Length: > 0 } ours, { Length: > 0 }] || !IsLayer(ours))
            {
                throw new ArgumentException(
                    $"\"{FileText.Shown(word)}\" is not a pair of a layer of this library and a layer of the tool. Write it as " +
                    "conv1.0=features.0.", nameof(table));
            }
        }

        var twice = words.SelectMany(word => word.Split('=').Select((layer, side) => (layer, side))).CountBy(entry => entry)
            .FirstOrDefault(count => count.Value > 1);
        return twice.Value <= 1
            ? new NameMap(name, table)
            {
                Normalization = normalization, ChannelOrder = channelOrder, IrrelevantTensors = Words(BatchCounters),
            }
            : throw new ArgumentException(
                $"The layer {FileText.Shown(twice.Key.layer)} occurs in two pairs. Write each layer once.", nameof(table));
    }

    /// <summary>The tool's name of one of our tensors: <c>conv1.0.weight</c> becomes <c>conv1_1.weight</c>.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such layer.</exception>
    public string ToForeign(string tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return TryToForeign(tensor) ?? throw new KeyNotFoundException($"The name map {Name} has no layer for the tensor {tensor}.");
    }

    /// <summary>Whether the tool has a name for one of our tensors.</summary>
    public bool Has(string tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return TryToForeign(tensor) is not null;
    }

    /// <summary>Our name of one of the tool's tensors; null if the table has no such layer.</summary>
    public string? ToOurs(string tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Rename(tensor, toOurs)
            ?? (ResNetPrefix is { } prefix && OfResNet(prefix, tensor) is { } layer ? ResNetTrunkGraph.Prefix + layer : null);
    }

    /// <summary>Whether one of the tool's tensors is irrelevant here, such as a batch counter.</summary>
    internal bool IsIrrelevant(string tensor) => IrrelevantTensors.Any(pattern => pattern[0] == '*'
        ? tensor.EndsWith(pattern[1..], StringComparison.Ordinal)
        : tensor.StartsWith(pattern[..^1], StringComparison.Ordinal));

    private static bool IsLayer(string ours) =>
        FcnSharp.Layers.ContainsKey(ours) || TorchvisionFcn.Layers.ContainsKey(ours)
        || OfResNet(ResNetTrunkGraph.Prefix, $"{ours}.weight") is not null;

    private static ImmutableArray<string> Words(string table) => [.. table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    private static NameMap Caffe(string variant, string upsampling) =>
        new($"Caffe / wkentaro FCN-{variant}", CaffeTrunk, "fc8=score_fr", upsampling)
        {
            Normalization = Normalization.Caffe,
            ChannelOrder = ChannelOrder.Bgr,
            IrrelevantTensors = Words(CaffeOthers),
            Vgg19Layers = Words("conv3_4 conv4_4 conv5_4"),
        };

    private string? TryToForeign(string tensor) =>
        Rename(tensor, Layers)
        ?? (ResNetPrefix is { } prefix && OfResNet(ResNetTrunkGraph.Prefix, tensor) is { } layer ? prefix + layer : null);

    /// <summary>The name of a ResNet's tensor without the prefix; null for another tensor.</summary>
    private static string? OfResNet(string prefix, string tensor) =>
        tensor.StartsWith(prefix, StringComparison.Ordinal) && ResNetLayer().IsMatch(tensor.AsSpan(prefix.Length))
            ? tensor[prefix.Length..]
            : null;

    [GeneratedRegex(@"^(conv1|bn1|layer[1-4]\.\d\d?\.((conv|bn)[123]|downsample\.[01]))\.\w+$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ResNetLayer();

    private static string? Rename(string tensor, IReadOnlyDictionary<string, string> layers)
    {
        var dot = tensor.LastIndexOf('.');
        return dot > 0 && layers.TryGetValue(tensor[..dot], out var layer) ? layer + tensor[dot..] : null;
    }
}
