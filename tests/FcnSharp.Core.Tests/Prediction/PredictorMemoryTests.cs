using FcnSharp.Imaging;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Prediction;

[Collection(Alone.Name)]
public class PredictorMemoryTests
{
    [Fact]
    public void SegmentAndSave_AThousandFiles_DoesNotGrowTheProcess()
    {
        using var folder = new TempFolder();
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny());
        TestPictures.Noise(200, 150).Save(folder["photo.jpg"]);
        SegmentAndSave(200);
        var before = HeldMemory.Bytes();

        SegmentAndSave(1000);

        // A picture's native decoding buffer alone takes 120,000 bytes: one in a hundred that is lost would show.
        Assert.InRange(HeldMemory.Bytes() - before, long.MinValue, HeldMemory.Noise);

        void SegmentAndSave(int times)
        {
            for (var i = 0; i < times; i++)
            {
                predictor.Segment(folder["photo.jpg"]).SaveOverlay(folder["overlay.png"], new OverlayOptions { Legend = true });
            }
        }
    }

    [Fact]
    public void Segment_AThousandTimes_DoesNotGrow()
    {
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny(), new PredictorOptions { Confidence = true, Probabilities = true });
        var pictures = Enumerable.Range(0, 10).Select(i => TestPictures.Noise(50 + i, 70 - i, seed: i)).ToList();
        Segment(200);
        var before = HeldMemory.Bytes();

        Segment(1000);

        Assert.InRange(HeldMemory.Bytes() - before, long.MinValue, HeldMemory.Noise);

        void Segment(int times)
        {
            for (var i = 0; i < times; i++)
            {
                predictor.Segment(pictures[i % pictures.Count]);
            }
        }
    }
}
