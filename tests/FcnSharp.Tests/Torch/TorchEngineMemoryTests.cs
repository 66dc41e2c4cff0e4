using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using TorchSharp;

namespace FcnSharp.Torch.Tests.Torch;

[Collection(Alone.Name)]
public class TorchEngineMemoryTests
{
    private static readonly PredictorOptions Everything = new() { Confidence = true, Probabilities = true };

    [Fact]
    public void Segment_AThousandTimes_LeavesNoTensorAndNoMemory()
    {
        using var predictor = new FcnPredictor(new TorchEngine(FilledNetwork.Tiny()), Everything);
        var pictures = Enumerable.Range(0, 10).Select(i => TestPictures.Noise(90 + i, 110 - i, seed: i)).ToList();
        Segment(200);
        var (tensors, managed, native) = (LiveTensors(), GC.GetTotalMemory(forceFullCollection: true), NativeHeap.Bytes());

        Segment(1000);

        Assert.Equal(tensors, LiveTensors());

        // A picture's input takes 147,456 bytes, so the test detects a leak of one in twenty.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - managed, long.MinValue, 1_000_000);
        Assert.InRange(NativeHeap.Bytes() - native, long.MinValue, NativeHeap.Noise);

        void Segment(int times)
        {
            for (var i = 0; i < times; i++)
            {
                predictor.Segment(pictures[i % pictures.Count]);
            }
        }
    }

    [Fact]
    public void Segment_WhileAnotherThreadCollects_NeverFails()
    {
        using var predictor = new FcnPredictor(
            new TorchEngine(FilledNetwork.Tiny(FcnVariant.Fcn16s)), Everything with { WorkingSize = 32 });
        var picture = TestPictures.Noise(40, 30);
        var expected = predictor.Segment(picture).Labels.Labels.ToArray();
        using var collector = new Collector();

        for (var i = 0; i < 2_000; i++)
        {
            Assert.Equal(expected, predictor.Segment(picture).Labels.Labels.ToArray());
        }
    }

    [Fact]
    public void Dispose_FreesEveryTensor()
    {
        var before = LiveTensors();

        using (var engine = new TorchEngine(FilledNetwork.Tiny(FcnVariant.Fcn32s)))
        {
            engine.Score(TestPictures.Noise(8, 8));
        }

        Assert.Equal(before, LiveTensors());
    }

    private static long LiveTensors() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
