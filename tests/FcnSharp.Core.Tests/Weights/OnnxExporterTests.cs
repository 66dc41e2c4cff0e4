using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FcnSharp.Tests.Weights;

/// <summary>Exported graphs in ONNX Runtime against the managed engine.</summary>
[Collection(Alone.Name)]
public class OnnxExporterTests
{
    private static readonly (int Height, int Width)[] Sizes = [(1, 1), (33, 65), (224, 224), (375, 500)];

    public static TheoryData<FcnVariant, FcnLayout, bool, bool> Networks
    {
        get
        {
            var rows = new TheoryData<FcnVariant, FcnLayout, bool, bool> { { FcnVariant.Fcn8s, FcnLayout.Original, true, false } };
            foreach (var (variant, layout) in FilledNetwork.VariantsAndLayouts)
            {
                rows.Add(variant, layout, false, false);
                rows.Add(variant, layout, false, true);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Export_AnyNetworkSizeAndBatch_GivesTheSameScores(FcnVariant variant, FcnLayout layout, bool atOnce, bool batchNorm)
    {
        using var folder = new TempFolder();
        var network = Network(variant, layout, atOnce, batchNorm);

        OnnxExporter.Export(network, folder["fcn.onnx"]);

        using var session = Open(folder["fcn.onnx"]);
        foreach (var (height, width) in Sizes)
        {
            foreach (var batch in new[] { 1, 3 })
            {
                var images = GoldenFill.Values($"x{height}", batch * 3 * height * width, 1);
                var expected = Enumerable.Range(0, batch)
                    .SelectMany(i => NaiveFcn.Score(network, images[(i * 3 * height * width)..], height, width).Values.ToArray())
                    .ToArray();

                using var results = session.Run([Input(images, batch, height, width)]);

                var scores = results.Single(result => result.Name == "scores").AsTensor<float>();
                Assert.Equal([batch, 3, height, width], scores.Dimensions.ToArray());
                Closeness.Assert(expected, scores.ToArray(), Closeness.ToPyTorch, $"{variant} {layout} {batch}x{height}x{width}");
            }
        }
    }

    [Theory]
    [InlineData(FcnLayout.Compact)]
    [InlineData(FcnLayout.Original)]
    public void Export_WithArgMax_GivesLabels(FcnLayout layout)
    {
        using var folder = new TempFolder();
        var network = Network(FcnVariant.Fcn8s, layout, atOnce: false, batchNorm: false);
        var images = GoldenFill.Values("x", 3 * 45 * 70, 1);
        var scores = NaiveFcn.Score(network, images, 45, 70).Values.ToArray();

        OnnxExporter.Export(network, folder["fcn.onnx"], new OnnxOptions { ArgMax = true });

        using var session = Open(folder["fcn.onnx"]);
        using var results = session.Run([Input(images, 1, 45, 70)]);
        var labels = results.Single(result => result.Name == "labels").AsTensor<long>();
        Assert.Equal([1, 45, 70], labels.Dimensions.ToArray());
        var largest = scores.Max(Math.Abs);
        Assert.All(labels.ToArray(), (label, at) =>
            Assert.InRange(Enumerable.Range(0, 3).Max(id => scores[(id * 45 * 70) + at]) - scores[((int)label * 45 * 70) + at], 0,
                Closeness.ToPyTorch * largest));
    }

    [Fact]
    public void Export_Metadata_SaysHowToFeedItAndWhatItAnswers()
    {
        using var folder = new TempFolder();
        var classes = new ClassList(["sky", "Straße", "道路"], new Palette([new(1, 2, 3), new(4, 5, 6), new(255, 254, 253)]));
        var network = FilledNetwork.Tiny()
            .WithCard(new ModelCard { Classes = classes, Normalization = Normalization.ImageNet, Name = "Test" });

        OnnxExporter.Export(network, folder["fcn.onnx"]);

        using var session = Open(folder["fcn.onnx"]);
        var metadata = session.ModelMetadata;
        Assert.Equal("FcnSharp", metadata.ProducerName);
        Assert.Equal("""["#010203","#040506","#FFFEFD"]""", metadata.CustomMetadataMap["palette"], ignoreCase: true);
        Assert.Equal("[0.485,0.456,0.406]", metadata.CustomMetadataMap["mean"]);
        Assert.Contains("sky", metadata.CustomMetadataMap["classes"]);
        Assert.Equal([-1, 3, -1, -1], session.InputMetadata["images"].Dimensions);
        Assert.Equal([-1, 3, -1, -1], session.OutputMetadata["scores"].Dimensions);
    }

    private static FcnNetwork Network(FcnVariant variant, FcnLayout layout, bool atOnce, bool batchNorm) =>
        FilledNetwork.Create(new FcnOptions
        {
            Variant = variant, Layout = layout, AtOnce = atOnce, NumClasses = 3,
            Trunk = FilledNetwork.TinyTrunk with { BatchNorm = batchNorm },
        });

    private static NamedOnnxValue Input(float[] images, int batch, int height, int width) =>
        NamedOnnxValue.CreateFromTensor("images", new DenseTensor<float>(images, [batch, 3, height, width]));

    private static InferenceSession Open(string path)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 2 };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new InferenceSession(path, options);
    }
}
