using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Prediction;

[Collection(Alone.Name)]
public class PredictorMemoryTests
{
    [Fact]
    public void Segment_AThousandTimes_DoesNotGrow()
    {
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny(), new PredictorOptions { Confidence = true, Probabilities = true });
        var pictures = Enumerable.Range(0, 10).Select(i => TestPictures.Noise(50 + i, 70 - i, seed: i)).ToList();
        Segment(200);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Segment(1000);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 1_000_000);

        void Segment(int times)
        {
            for (var i = 0; i < times; i++)
            {
                predictor.Segment(pictures[i % pictures.Count]);
            }
        }
    }
}
