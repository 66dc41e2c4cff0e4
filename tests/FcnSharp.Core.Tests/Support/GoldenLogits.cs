using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Support;

/// <summary>
/// Logits that PyTorch computed from hash-filled weights, in the folders of tests/Shared/Golden. A network's name is its folder and the
/// common beginning of its files: <c>values/paper-fcn8s-64x96.safetensors</c> belongs to <c>values/paper-fcn8s</c>. The name describes the
/// network.
/// </summary>
internal static class GoldenLogits
{
    /// <summary>The results of two pictures must differ by more than this fraction of the largest score, which shows that they depend on
    /// the picture.</summary>
    private const double Apart = 0.05;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    private static readonly ILookup<string, string> FilesByNetwork = Directory
        .GetFiles(Folder, "*.safetensors", SearchOption.AllDirectories)
        .ToLookup(file => Path.GetRelativePath(Folder, file[..file.LastIndexOf('-')]).Replace('\\', '/'), StringComparer.Ordinal);

    /// <summary>One input of normalised numbers each; full width, without batch norm.</summary>
    public static TheoryData<string> OfValues => Networks("values");

    /// <summary>Two inputs of normalised numbers each; full width, with batch norm.</summary>
    public static TheoryData<string> OfBatchNorm => Networks("norm");

    /// <summary>Two pictures each: every variant, layout and trunk, with and without batch norm; narrow VGGs, and two at full
    /// width.</summary>
    public static TheoryData<string> OfPictures => Networks("bytes");

    /// <summary>The network of a name, filled with the same weights as PyTorch's.</summary>
    public static FcnNetwork Network(string name)
    {
        var words = name[(name.IndexOf('/') + 1)..].Split('-');
        var pictures = name.StartsWith("bytes/", StringComparison.Ordinal);
        var trunk = TrunkOf(words);
        NetworkOptions options = words[0] == "dilated" ? new DilatedFcnOptions() : new FcnOptions
        {
            Variant = Enum.Parse<FcnVariant>(words.Single(word => word.StartsWith("fcn", StringComparison.Ordinal)), ignoreCase: true),
            Layout = words.Contains("original") || words.Contains("paper") ? FcnLayout.Original : FcnLayout.Compact,
            AtOnce = words.Contains("atonce"),
        };
        options = options with { NumClasses = pictures ? 11 : 21, Trunk = trunk };
        var names = words.Contains("paper") && options is FcnOptions paper ? NameMap.Caffe(paper.Variant) : null;
        var half = new ChannelValues(0.5f, 0.5f, 0.5f);
        return FilledNetwork.Create(options, names)
            .WithCard(new ModelCard { Normalization = pictures ? new Normalization(half, half) : FilledNetwork.Unscaled });
    }

    /// <summary>Asserts that a network's scores equal PyTorch's for every file of normalised numbers.</summary>
    /// <param name="name">Of <see cref="OfValues"/> or <see cref="OfBatchNorm"/>.</param>
    /// <param name="score">From the inputs (N, 3, H, W) to the scores (N, C, H, W), row-major.</param>
    public static void AssertForValues(string name, Func<NamedTensor, float[]> score)
    {
        foreach (var file in FilesByNetwork[name])
        {
            var golden = GoldenTensors.Read(file);

            AssertEqual(golden["y"], score(golden["x"]), Path.GetFileName(file));
        }
    }

    /// <summary>Asserts that a network's scores equal PyTorch's for every file of pictures.</summary>
    /// <param name="name">Of <see cref="OfPictures"/>.</param>
    /// <param name="score">From a picture to its scores.</param>
    /// <param name="what">The name of the implementation, for messages.</param>
    public static void AssertForPictures(string name, Func<RgbImage, ScoreMap> score, string what)
    {
        foreach (var file in FilesByNetwork[name])
        {
            float[] scores = [.. GoldenTensors.ReadPictures(file).SelectMany(picture => score(picture).Values.ToArray())];

            AssertEqual(GoldenTensors.Read(file)["y"], scores, $"{what}, {Path.GetFileName(file)}");
        }
    }

    private static TrunkOptions TrunkOf(string[] words) => Array.Find(words, word => word.Contains("resnet")) switch
    {
        "resnet18" => ResNetTrunkOptions.ResNet18,
        "resnet18onnx" => ResNetTrunkOptions.ResNet18Onnx,
        "resnet18short" => ResNetTrunkOptions.ResNet18 with { Blocks = new(2, 2, 2, 1) },
        "resnet34" => ResNetTrunkOptions.ResNet34,
        "resnet50" => ResNetTrunkOptions.ResNet50,
        "resnet101" => ResNetTrunkOptions.ResNet101,
        _ => new VggTrunkOptions
        {
            BatchNorm = words.Contains("bn"),
            Widths = words.Contains("narrow")
                ? new VggWidths { Stage1 = 16, Stage2 = 32, Stage3 = 64, Stage4 = 128, Stage5 = 128, Head = 256 }
                : VggWidths.Standard,
        },
    };

    private static TheoryData<string> Networks(string folder) =>
        [.. FilesByNetwork.Select(files => files.Key).Where(name => name.StartsWith($"{folder}/", StringComparison.Ordinal)).Order()];

    private static void AssertEqual(NamedTensor golden, float[] scores, string what)
    {
        Closeness.Assert(golden.Values.Span, scores, Closeness.ToPyTorch, what);

        if (golden.Shape is [2, _, var height, var width] && height * width > 1)
        {
            var half = scores.Length / 2;
            Closeness.AssertApart(scores.AsSpan(0, half), scores.AsSpan(half), Apart, what);
        }
    }
}
