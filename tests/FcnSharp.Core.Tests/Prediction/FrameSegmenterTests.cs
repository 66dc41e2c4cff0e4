using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Prediction;

public sealed class FrameSegmenterTests : IDisposable
{
    private const int Classes = 5;

    private static readonly RgbImage First = TestPictures.Noise(40, 30, seed: 1);
    private static readonly RgbImage Second = TestPictures.Noise(40, 30, seed: 2);

    private readonly FcnPredictor predictor = Predictor(new PredictorOptions { Confidence = true, Probabilities = true });

    public void Dispose() => predictor.Dispose();

    [Fact]
    public void Segment_ByDefault_IsThePredictorsAnswer()
    {
        var segmenter = new FrameSegmenter(predictor);

        Assert.Equal(LabelsOf(predictor.Segment(First)), LabelsOf(segmenter.Segment(First)));
        Assert.Equal(LabelsOf(predictor.Segment(Second)), LabelsOf(segmenter.Segment(Second)));
        Assert.NotEqual(LabelsOf(predictor.Segment(First)), LabelsOf(predictor.Segment(Second)));
    }

    [Fact]
    public void Segment_EveryThird_GivesTheLastAnswerBetween()
    {
        var segmenter = new FrameSegmenter(predictor, new FrameOptions { Every = 3 });

        var seen = segmenter.Segment(First);
        Segmentation[] reused = [segmenter.Segment(Second), segmenter.Segment(Second)];
        var next = segmenter.Segment(Second);

        Assert.All(reused, frame =>
        {
            Assert.Same(seen.Labels, frame.Labels);
            Assert.Same(seen.Probabilities, frame.Probabilities);
            Assert.Same(Second, frame.Picture);
            Assert.Equal(TimeSpan.Zero, frame.Timings.Total);
        });
        Assert.Equal(LabelsOf(predictor.Segment(Second)), LabelsOf(next));
    }

    [Fact]
    public void Segment_WithSmoothing_AveragesProbabilities()
    {
        var segmenter = new FrameSegmenter(predictor, new FrameOptions { Smoothing = 0.75 });
        var (first, second) = (ProbabilitiesOf(predictor.Segment(First)), ProbabilitiesOf(predictor.Segment(Second)));

        var begun = segmenter.Segment(First);
        var smoothed = segmenter.Segment(Second);

        AssertNear(first, ProbabilitiesOf(begun));
        AssertNear([.. first.Zip(second, (before, now) => (0.75f * before) + (0.25f * now))], ProbabilitiesOf(smoothed));
        for (var i = 0; i < 40 * 30; i++)
        {
            var (x, y) = (i % 40, i / 40);
            var highest = Enumerable.Range(0, Classes).Max(id => smoothed.Probabilities![id, x, y]);
            Assert.Equal(highest, smoothed.Probabilities![smoothed.Labels[x, y], x, y]);
            Assert.Equal(highest * 255, (double)smoothed.Confidence![x, y], 0.51);
        }
    }

    [Fact]
    public void Segment_WithSmoothingAtAnotherWorkingSize_BeginsWithThePredictorsAnswer()
    {
        using var small = Predictor(new PredictorOptions { WorkingSize = 20 });
        var plain = LabelsOf(small.Segment(First));

        var begun = LabelsOf(new FrameSegmenter(small, new FrameOptions { Smoothing = 0.5 }).Segment(First));

        Assert.InRange(plain.Zip(begun).Count(pair => pair.First != pair.Second), 0, plain.Length / 100);
    }

    [Fact]
    public void Segment_WithSmoothingAndFurtherViews_BeginsWithThePredictorsAnswer()
    {
        using var thorough = Predictor(
            new PredictorOptions { Probabilities = true, TestTimeAugmentation = new TestTimeAugmentation { Flip = true } });

        var begun = new FrameSegmenter(thorough, new FrameOptions { Smoothing = 0.5 }).Segment(First);

        AssertNear(ProbabilitiesOf(thorough.Segment(First)), ProbabilitiesOf(begun));
    }

    [Fact]
    public void Segment_NoisyFramesOfOnePicture_ChangesFewerLabelsWithSmoothing()
    {
        var plain = Changes(new FrameOptions());
        var smoothed = Changes(new FrameOptions { Smoothing = 0.8 });

        Assert.InRange(smoothed, 1, plain / 2);

        int Changes(FrameOptions options)
        {
            var segmenter = new FrameSegmenter(predictor, options);
            var labels = Enumerable.Range(0, 12).Select(seed => LabelsOf(segmenter.Segment(Noisy(First, seed)))).ToList();
            return labels.Zip(labels.Skip(1)).Sum(pair => pair.First.Zip(pair.Second).Count(two => two.First != two.Second));
        }
    }

    [Fact]
    public void Segment_AFrameOfAnotherSize_BeginsAnew()
    {
        var segmenter = new FrameSegmenter(predictor, new FrameOptions { Every = 100, Smoothing = 0.9 });
        segmenter.Segment(First);
        var larger = TestPictures.Noise(50, 30);

        var begun = segmenter.Segment(larger);

        Assert.Same(larger, begun.Picture);
        AssertNear(ProbabilitiesOf(predictor.Segment(larger)), ProbabilitiesOf(begun));
    }

    [Fact]
    public void Reset_ForgetsTheFramesBefore()
    {
        var segmenter = new FrameSegmenter(predictor, new FrameOptions { Every = 100, Smoothing = 0.9 });
        segmenter.Segment(First);

        segmenter.Reset();

        AssertNear(ProbabilitiesOf(predictor.Segment(Second)), ProbabilitiesOf(segmenter.Segment(Second)));
    }

    [Fact]
    public void Segment_WithSmoothing_LeavesUnsurePixelsOut()
    {
        using var sure = Predictor(new PredictorOptions { MinConfidence = 0.5 });
        var confidence = predictor.Segment(First).Confidence!.Pixels.ToArray();

        var labels = LabelsOf(new FrameSegmenter(sure, new FrameOptions { Smoothing = 0.5 }).Segment(First));

        var ignored = labels.Count(label => label == LabelMap.IgnoreId);
        Assert.InRange(ignored, confidence.Count(value => value < 128) - 5, confidence.Count(value => value < 128) + 5);
    }

    [Fact]
    public void Segment_SmoothingOnAnEngineWithoutProbabilities_SaysWhatToLeaveOut()
    {
        using var engine = new FcnPredictor(new FakeEngine(new ModelCard { Normalization = Normalization.ImageNet }));
        var segmenter = new FrameSegmenter(engine, new FrameOptions { Smoothing = 0.5 });

        var error = Assert.Throws<InvalidOperationException>(() => segmenter.Segment(First));

        Assert.Contains(nameof(FrameOptions.Smoothing), error.Message);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameOptions { Every = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameOptions { Smoothing = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameOptions { Smoothing = double.NaN });
    }

    [Fact]
    public void Segment_Cancelled_Throws() =>
        Assert.ThrowsAny<OperationCanceledException>(() => new FrameSegmenter(predictor).Segment(First, new CancellationToken(true)));

    private static FcnPredictor Predictor(PredictorOptions options) =>
        FcnPredictor.Create(FilledNetwork.Tiny(classes: Classes), options);

    private static byte[] LabelsOf(Segmentation frame) => frame.Labels.Labels.ToArray();

    private static float[] ProbabilitiesOf(Segmentation frame) => frame.Probabilities!.Values.ToArray();

    private static void AssertNear(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));

    private static RgbImage Noisy(RgbImage picture, int seed)
    {
        var random = new Random(seed);
        return new RgbImage(
            Array.ConvertAll(picture.Pixels.ToArray(), value => (byte)Math.Clamp(value + random.Next(-40, 41), 0, 255)),
            picture.Width,
            picture.Height);
    }
}
