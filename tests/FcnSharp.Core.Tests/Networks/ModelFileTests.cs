using System.Collections.Immutable;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Networks;

public class ModelFileTests
{
    private static readonly ModelCard FullCard = new()
    {
        Name = "Test \"network\"",
        Classes = new ClassList(["sky", "Straße", "道路"], new Palette([new(1, 2, 3), new(4, 5, 6), new(255, 254, 253)])),
        Normalization = Normalization.ImageNet,
        WorkingSize = 480,
        Temperature = 1.35,
        License = "MIT",
        Training = "none",
        Scores = "none",
    };

    public static TheoryData<FcnVariant, FcnLayout, bool> EveryNetwork
    {
        get
        {
            var rows = new TheoryData<FcnVariant, FcnLayout, bool>();
            foreach (var (variant, layout) in FilledNetwork.VariantsAndLayouts)
            {
                rows.Add(variant, layout, false);
                rows.Add(variant, layout, true);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(EveryNetwork))]
    public void Save_ThenLoad_GivesTheSameNetwork(FcnVariant variant, FcnLayout layout, bool batchNorm)
    {
        using var folder = new TempFolder();
        var atOnce = (variant, layout) == (FcnVariant.Fcn8s, FcnLayout.Original);
        var network = FilledNetwork.Create(new FcnOptions
        {
            Variant = variant, Layout = layout, NumClasses = 3, AtOnce = atOnce,
            Trunk = FilledNetwork.TinyTrunk with { BatchNorm = batchNorm },
        }).WithCard(FullCard);

        network.Save(folder["model.safetensors"]);
        var loaded = FcnNetwork.Load(folder["model.safetensors"]);

        Assert.Equal(network.Options, loaded.Options);
        Assert.Equal(FullCard, loaded.Card);
        Assert.Equal(["model.safetensors"], folder.FileNames());
        AssertSameValues(network, loaded, tolerance: 0);
    }

    [Theory]
    [InlineData(WeightPrecision.Float16, 1.0 / 2048)]
    [InlineData(WeightPrecision.BFloat16, 1.0 / 256)]
    public void Save_InHalfTheBits_KeepsWhatTheyCanHold(WeightPrecision precision, double tolerance)
    {
        var network = FilledNetwork.Tiny();
        using var single = new MemoryStream();
        using var half = new MemoryStream();

        network.Save(single);
        network.Save(half, precision);

        AssertSameValues(network, FcnNetwork.Load(half), tolerance);
        Assert.InRange((double)half.Length / single.Length, 0.45, 0.75);
    }

    [Fact]
    public void Save_AVarianceBeyondHalfPrecision_KeepsItsThirtyTwoBits()
    {
        using var folder = new TempFolder();
        NamedTensor[] tensors = [new("variance", [2], new[] { 69070.5f, 0.1f }), new("bias", [1], new[] { 0.1f })];

        SafetensorsFile.Write(folder["model.safetensors"], tensors, precision: WeightPrecision.Float16);

        using var file = SafetensorsFile.Open(folder["model.safetensors"]);
        Assert.Equal([ElementType.Float32, ElementType.Float16], file.Entries.Select(entry => entry.Type));
        Assert.Equal([69070.5f, 0.1f], file.Read(file.Entries[0]).Values.ToArray());
        Assert.Equal([(float)(Half)0.1f], file.Read(file.Entries[1]).Values.ToArray());
    }

    [Fact]
    public void Save_BeyondHalfPrecision_NamesTheTensorAndKeepsTheOldFile()
    {
        using var folder = new TempFolder();
        var network = With(FilledNetwork.Tiny(), "fc8.weight", [3, 8, 1, 1], [.. new float[23], 70000]);
        File.WriteAllText(folder["model.safetensors"], "old");

        var error = Assert.Throws<ArgumentException>(() => network.Save(folder["model.safetensors"], WeightPrecision.Float16));

        Assert.Contains("fc8.weight has the value 70000", error.Message);
        Assert.Equal("old", File.ReadAllText(folder["model.safetensors"]));
        Assert.Equal(["model.safetensors"], folder.FileNames());
    }

    [Fact]
    public void Load_AStateDictThatPyTorchWrote_TellsTheNetworkFromItsTensors()
    {
        var network = FcnNetwork.Load(TestFile("compact.safetensors"));

        var widths = new VggWidths { Stage1 = 8, Stage2 = 8, Stage3 = 16, Stage4 = 16, Stage5 = 16, Head = 32 };
        Assert.Equal(new FcnOptions { NumClasses = 5, Trunk = new VggTrunkOptions { Widths = widths } }, network.Options);
        Assert.Equal(ModelCard.Empty, network.Card);
        Assert.Equal(GoldenFill.Values("conv1.0.weight", 8 * 3 * 9, Math.Sqrt(6 / 27.0)), network["conv1.0.weight"].Values.ToArray());
    }

    [Fact]
    public void Load_FromAStreamThatCannotSeek_Works()
    {
        using var pipe = new OneWayStream(File.ReadAllBytes(TestFile("compact.safetensors")));

        Assert.Equal(5, FcnNetwork.Load(pipe).Options.NumClasses);
    }

    [Fact]
    public void Load_AnotherTensorNaming_SaysWhichTensorIsNotThere()
    {
        var error = Assert.Throws<WeightFileException>(() => FcnNetwork.Load(TestFile("paper.safetensors")));

        Assert.Equal(("fc6.0.weight", "no such tensor"), (error.Tensor, error.Actual));
        Assert.StartsWith($"{TestFile("paper.safetensors")}: ", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Load_ATensorMissing_NamesIt() =>
        AssertMismatch(Tensors().Where(tensor => tensor.Name != "conv3.2.bias"), "conv3.2.bias", "(4)", "no such tensor");

    [Fact]
    public void Load_ATensorTooMany_NamesIt() =>
        AssertMismatch(Tensors().Append(new NamedTensor("fc9.weight", [2], new float[2])), "fc9.weight", "no such tensor", "(2)");

    [Fact]
    public void Load_ATensorMisshapen_NamesBothShapes() =>
        AssertMismatch(
            Tensors().Select(tensor => tensor.Name == "conv2.2.weight" ? new NamedTensor(tensor.Name, [3, 3, 9], tensor.Values) : tensor),
            "conv2.2.weight", "(3, 3, 3, 3)", "(3, 3, 9)");

    [Fact]
    public void Load_ScoreLayersOfDifferentClassCounts_NamesTheOneThatDiffers() =>
        AssertMismatch(
            Tensors().Select(tensor => tensor.Name == "score_4b.0.bias" ? new NamedTensor(tensor.Name, [5], new float[5]) : tensor),
            "score_4b.0.bias", "(3)", "(5)");

    [Theory]
    [InlineData("num_classes", "21", "says num_classes = 21 in its metadata, but its tensors have 3.")]
    [InlineData("variant", "fcn32s", "says variant = fcn32s in its metadata, but its tensors have fcn8s.")]
    [InlineData("classes", """["a","b"]""", "names 2 classes in its metadata, but its network scores 3.")]
    [InlineData("classes", """["a","b","b"]""", "has metadata that cannot be read")]
    [InlineData("classes", "sky, road, car", "has metadata that cannot be read")]
    [InlineData("palette", """["#000000","#123456"]""", "has metadata that cannot be read")]
    [InlineData("classes", "[1,2,3]", "[1,2,3] is not a JSON array of strings.")]
    [InlineData("mean", "[1,2]", "[1,2] is not three numbers.")]
    [InlineData("mean", """["1","2","3"]""", "is not a JSON array of numbers.")]
    [InlineData("std", "[0,1,1]", "has metadata that cannot be read")]
    [InlineData("temperature", "warm", "temperature is warm, not a number.")]
    [InlineData("temperature", "0", "Temperature must be 0.01 to 100")]
    [InlineData("working_size", "-5", "working_size is -5, not a number of pixels.")]
    [InlineData("at_once", "true", "has metadata that cannot be read")]
    [InlineData("format_version", "2", "has metadata of format_version 2; this library reads 1.")]
    public void Load_MetadataThatDoNotFit_SaysWhichAndWhy(string key, string value, string message)
    {
        var metadata = new Dictionary<string, string>(ModelMetadata.Write(FilledNetwork.Tiny().Options, FullCard)) { [key] = value };
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [.. Tensors()], metadata, WeightPrecision.Float32);

        var error = Assert.Throws<WeightFileException>(() => FcnNetwork.Load(stream, "street.safetensors"));

        Assert.StartsWith("street.safetensors: ", error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Load_MetadataWrittenByHandWithBlanks_IsRead()
    {
        var metadata = new Dictionary<string, string>
        {
            ["format_version"] = "1", ["widths"] = "[2, 3, 4, 5, 7, 8]", ["mean"] = "[0.5, 0.5, 0.5]", ["std"] = "[1, 1, 1]",
        };
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [.. Tensors()], metadata, WeightPrecision.Float32);

        Assert.Equal(new Normalization(new(0.5f, 0.5f, 0.5f), new(1, 1, 1)), FcnNetwork.Load(stream).Card.Normalization);
    }

    [Fact]
    public void Load_ClassesWithoutAPalette_GetDistinctColours()
    {
        var metadata = new Dictionary<string, string> { ["format_version"] = "1", ["classes"] = """["sky", "road", "car"]""" };
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [.. Tensors()], metadata, WeightPrecision.Float32);

        Assert.Equal(new ClassList(["sky", "road", "car"]), FcnNetwork.Load(stream).Card.Classes);
    }

    [Fact]
    public void Load_ATextOfMetadataThatIsFarTooLong_IsRefusedByItsLength()
    {
        var metadata = new Dictionary<string, string> { ["format_version"] = "1", ["name"] = new('n', 65_537) };
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [.. Tensors()], metadata, WeightPrecision.Float32);

        Assert.Contains("name has 65537 characters; at most 65536 are read.",
            Assert.Throws<WeightFileException>(() => FcnNetwork.Load(stream)).Message);
    }

    [Fact]
    public void Load_BatchCountersOfPyTorch_AreLeftOut()
    {
        var network = FilledNetwork.Create(new FcnOptions { NumClasses = 3, Trunk = FilledNetwork.TinyTrunk with { BatchNorm = true } });
        using var stream = new MemoryStream();
        SafetensorsFile.Write(
            stream, [.. network.Tensors, new NamedTensor("conv1.0.bn.num_batches_tracked", [], new float[] { 7 })], [],
            WeightPrecision.Float32);

        Assert.Equal(network.Options, FcnNetwork.Load(stream).Options);
    }

    [Fact]
    public void Constructor_ACardOfAnotherClassCount_IsRefused()
    {
        var card = new ModelCard { Classes = ClassList.Voc };

        var error = Assert.Throws<ArgumentException>(() => FilledNetwork.Tiny().WithCard(card));

        Assert.Contains("names 21 classes, but the network scores 3", error.Message);
    }

    private static IEnumerable<NamedTensor> Tensors() => FilledNetwork.Tiny().Tensors;

    private static FcnNetwork With(FcnNetwork network, string name, ImmutableArray<int> shape, float[] values) =>
        new(network.Options, network.Tensors.Select(tensor => tensor.Name == name ? new NamedTensor(name, shape, values) : tensor),
            network.Card);

    private static void AssertMismatch(IEnumerable<NamedTensor> tensors, string tensor, string expected, string actual)
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [.. tensors], [], WeightPrecision.Float32);

        var error = Assert.Throws<WeightFileException>(() => FcnNetwork.Load(stream, "model.safetensors"));

        Assert.Equal((tensor, expected, actual), (error.Tensor, error.Expected, error.Actual));
        Assert.Equal("model.safetensors", error.Path);
        Assert.Contains($"tensor {tensor}: expected {expected}, found {actual}.", error.Message);
    }

    private static void AssertSameValues(FcnNetwork expected, FcnNetwork actual, double tolerance)
    {
        foreach (var tensor in expected.Tensors)
        {
            var (e, a) = (tensor.Values.ToArray(), actual[tensor.Name].Values.ToArray());
            Assert.Equal(e.Length, a.Length);
            for (var i = 0; i < e.Length; i++)
            {
                // Half precision loses relative precision below its smallest normal number, 6e-5.
                Assert.InRange(Math.Abs(e[i] - a[i]), 0, tolerance * Math.Max(Math.Abs(e[i]), 6e-5));
            }
        }
    }

    private static string TestFile(string name) => Path.Combine(AppContext.BaseDirectory, "Files", name);
}
