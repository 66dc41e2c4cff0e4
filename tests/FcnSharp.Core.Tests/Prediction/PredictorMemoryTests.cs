using FcnSharp.Imaging;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Prediction;

[Collection(Alone.Name)]
public class PredictorMemoryTests
{
    [Fact]
    public void SegmentAndSave_ManyFiles_DoesNotGrowTheProcess()
    {
        using var folder = new TempFolder();
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny(), new PredictorOptions { WorkingSize = 32 });
        TestPictures.Flat(1000, 750, new RgbColor(9, 99, 199)).Save(folder["photo.jpg"]);
        SegmentAndSave(50);
        var before = NativeHeap.Bytes();

        SegmentAndSave(200);

        // A picture's native decoding buffer alone takes 3 MB, so the test detects a leak of one in fifty.
        Assert.InRange(NativeHeap.Bytes() - before, long.MinValue, NativeHeap.Noise);

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
        var (managed, native) = (GC.GetTotalMemory(forceFullCollection: true), NativeHeap.Bytes());

        Segment(1000);

        // One picture's working memory takes more than the native bound.
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
}
