using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Benchmarks;

/// <summary>A network to measure, as a temporary model file.</summary>
internal sealed class BenchmarkModel : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private BenchmarkModel(FcnNetwork network) => network.Save(Path);

    /// <summary>The model file, which is deleted on disposal.</summary>
    public string Path => folder.At("model.safetensors");

    /// <summary>Options of the commands that measure a network.</summary>
    public static IReadOnlyCollection<string> Options { get; } = ["model", "width"];

    /// <summary>
    /// <c>--model street</c>; <c>resnet18</c>, an FCN-8s on it, or <c>fcn-resnet50</c>, torchvision's, filled by the golden hash;
    /// <c>--model FILE</c>; or by default the compact FCN-8s with 21 classes, its weights filled by the golden hash
    /// so that no score is zero; <c>--width 0.5</c> scales its channels.
    /// </summary>
    public static FcnNetwork From(Arguments arguments) => arguments.Find("model") switch
    {
        "street" => StreetScenes.LoadNetwork(),
        "resnet18" => Filled(new FcnOptions { Trunk = ResNetTrunkOptions.ResNet18 }),
        "fcn-resnet50" => Filled(new DilatedFcnOptions()),
        { } path => FcnNetwork.Load(path),
        null => Filled(arguments.FindNumbers("width")?[0] ?? 1),
    };

    /// <summary>The default of <see cref="From"/>.</summary>
    /// <param name="factor">The factor of VGG's numbers of channels.</param>
    public static FcnNetwork Filled(double factor = 1) => Filled(Scaled(factor));

    /// <summary>An FCN-8s of these widths, filled by the golden hash.</summary>
    public static FcnNetwork Filled(VggWidths widths) =>
        Filled(new FcnOptions { Trunk = new VggTrunkOptions { Widths = widths } });

    /// <summary>A network of these options, filled by the golden hash.</summary>
    public static FcnNetwork Filled(NetworkOptions options) =>
        FilledNetwork.Create(options).WithCard(new ModelCard { Normalization = Normalization.ImageNet });

    /// <summary>The same network as a file, for processes that load it.</summary>
    public static BenchmarkModel Saved(Arguments arguments) => Saved(From(arguments));

    /// <inheritdoc cref="Saved(Arguments)"/>
    public static BenchmarkModel Saved(FcnNetwork network) => new(network);

    /// <summary>Variant, classes and widths, in a few words.</summary>
    public static string Describe(FcnNetwork network) => Describe(network.Options);

    /// <inheritdoc cref="Describe(FcnNetwork)"/>
    public static string Describe(NetworkOptions options) => Kind(options) + $" of {options.NumClasses} classes" + (options.Trunk switch
    {
        VggTrunkOptions { Widths: var widths } => $", {widths.Stage1} to {widths.Stage5} channels, head {widths.Head}",
        ResNetTrunkOptions { Blocks: var blocks } resNet => $" on a ResNet of {blocks} {resNet.Block} blocks, width {resNet.Width}",
        var other => $", {other}",
    });

    public FcnNetwork Load() => FcnNetwork.Load(Path);

    public void Dispose() => folder.Dispose();

    private static string Kind(NetworkOptions options) => options is FcnOptions fcn ? $"{fcn.Variant}" : "Dilated FCN";

    private static VggWidths Scaled(double factor)
    {
        var full = VggWidths.Standard;
        return new VggWidths
        {
            Stage1 = Channels(full.Stage1), Stage2 = Channels(full.Stage2), Stage3 = Channels(full.Stage3),
            Stage4 = Channels(full.Stage4), Stage5 = Channels(full.Stage5), Head = Channels(full.Head),
        };

        int Channels(int count) => Math.Max(1, (int)Math.Round(count * factor));
    }
}
