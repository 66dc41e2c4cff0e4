using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;
using OnnxEngine;

namespace FcnSharp.Tests.Samples;

/// <summary>The engine of samples/OnnxEngine against the managed engine.</summary>
[Collection(Alone.Name)]
public sealed class OnnxRuntimeEngineTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FcnNetwork network = StreetScenes.LoadNetwork();

    public OnnxRuntimeEngineTests() => OnnxExporter.Export(network, folder["fcn.onnx"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Segment_ThePhoto_GivesTheLabelsOfTheManagedEngine()
    {
        var photo = Path.Combine(AppContext.BaseDirectory, "leuven.jpg");
        using var ours = FcnPredictor.Create(network);
        using var theirs = new FcnPredictor(Engine());

        var (expected, actual) = (ours.Segment(photo), theirs.Segment(photo));

        Assert.StartsWith("ONNX Runtime ", theirs.EngineDescription);
        Assert.Equal(network.Card.Classes, theirs.Classes);
        Assert.True(expected.Shares.Count > 3);
        Assert.Equal(expected.Labels.Labels.ToArray(), actual.Labels.Labels.ToArray());
    }

    [Fact]
    public void Score_ThePhoto_GivesTheScoresOfTheManagedEngine()
    {
        var picture = RgbImage.Load(Path.Combine(AppContext.BaseDirectory, "leuven.jpg")).Resize(243, 182);
        using var ours = new CpuEngine(network);
        using var theirs = Engine();

        Closeness.Assert(ours.Score(picture), theirs.Score(picture), Closeness.ToPyTorch);
    }

    [Fact]
    public void Score_CancelledBefore_Throws()
    {
        using var engine = Engine();

        Assert.Throws<OperationCanceledException>(
            () => engine.Score(new RgbImage(new byte[3 * 32 * 32], 32, 32), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void New_ACardWithoutNormalisation_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new OnnxRuntimeEngine(folder["fcn.onnx"], network.Card with { Normalization = null }));

    private OnnxRuntimeEngine Engine() => new(folder["fcn.onnx"], network.Card);
}
