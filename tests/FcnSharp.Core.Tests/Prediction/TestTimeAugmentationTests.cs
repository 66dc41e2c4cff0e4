using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Prediction;

public class TestTimeAugmentationTests
{
    private static readonly RgbImage Picture = TestPictures.Noise(61, 43);
    private static readonly FcnNetwork Network = FilledNetwork.Tiny(classes: 5);

    [Fact]
    public void Segment_ScaleOneWithoutFlip_IsThePlainPrediction()
    {
        foreach (var workingSize in new[] { 0, 40 })
        {
            var plain = Segment(Picture, null, workingSize);

            var augmented = Segment(Picture, new TestTimeAugmentation { Scales = [1] }, workingSize);

            Assert.Equal(plain.Labels.Labels.ToArray(), augmented.Labels.Labels.ToArray());
            Assert.Equal(plain.Confidence!.Pixels.ToArray(), augmented.Confidence!.Pixels.ToArray());
            Assert.Equal(plain.Probabilities!.Values.ToArray(), augmented.Probabilities!.Values.ToArray());
        }
    }

    [Fact]
    public void Segment_FlippedOfTheMirroredPicture_IsTheMirroredAnswer()
    {
        var flip = new TestTimeAugmentation { Flip = true };

        var straight = Segment(Picture, flip);
        var mirrored = Segment(Picture.Mirror(), flip);

        Assert.Equal(Mirrored(straight.Labels), mirrored.Labels.Labels.ToArray());
        Assert.NotEqual(Mirrored(Segment(Picture, null).Labels), Segment(Picture.Mirror(), null).Labels.Labels.ToArray());
    }

    [Fact]
    public void Segment_ManyViews_AveragesTheirProbabilities()
    {
        var expected = new[] { 0.5, 1.5 }
            .Select(scale => Segment(Picture, new TestTimeAugmentation { Scales = [scale] }).Probabilities!.Values.ToArray())
            .ToList();

        var both = Segment(Picture, new TestTimeAugmentation { Scales = [0.5, 1.5] });

        var values = both.Probabilities!.Values.ToArray();
        Assert.All(values.Select((value, i) => value - ((expected[0][i] + expected[1][i]) / 2)),
            difference => Assert.InRange(difference, -1e-5f, 1e-5f));
        for (var i = 0; i < 61 * 43; i++)
        {
            var (x, y) = (i % 61, i / 61);
            var highest = Enumerable.Range(0, 5).Max(id => both.Probabilities[id, x, y]);
            Assert.Equal(highest, both.Probabilities[both.Labels[x, y], x, y]);
            Assert.Equal(highest * 255, (double)both.Confidence![x, y], 0.51);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 200)]
    public void Segment_AnySize_AnswersAtThatSize(int width, int height)
    {
        var labels = Segment(TestPictures.Noise(width, height), new TestTimeAugmentation { Scales = [0.1, 1, 2], Flip = true }).Labels;

        Assert.Equal((width, height), (labels.Width, labels.Height));
    }

    [Fact]
    public void Segment_Cancelled_Ends()
    {
        using var predictor = FcnPredictor.Create(Network, new PredictorOptions { TestTimeAugmentation = new() { Flip = true } });
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => predictor.Segment(Picture, cancellation.Token));
    }

    [Fact]
    public void Options_WithTheSameViews_AreEqual()
    {
        var one = new PredictorOptions { TestTimeAugmentation = new() { Flip = true, Scales = [0.5, 1] } };
        var other = new PredictorOptions { TestTimeAugmentation = new() { Flip = true, Scales = [0.5, 1] } };

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, new PredictorOptions { TestTimeAugmentation = new() { Flip = true, Scales = [0.5, 2] } });
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new TestTimeAugmentation { Scales = [] });
        Assert.Throws<ArgumentException>(() => new TestTimeAugmentation { Scales = default });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TestTimeAugmentation { Scales = [1, 0] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TestTimeAugmentation { Scales = [double.NaN] });
    }

    private static Segmentation Segment(RgbImage picture, TestTimeAugmentation? augmentation, int workingSize = 0)
    {
        using var predictor = FcnPredictor.Create(
            Network,
            new PredictorOptions
            {
                TestTimeAugmentation = augmentation, WorkingSize = workingSize, Confidence = true,
                Probabilities = true
            });
        return predictor.Segment(picture);
    }

    private static byte[] Mirrored(LabelMap labels) =>
        [.. labels.Labels.ToArray().Chunk(labels.Width).SelectMany(row => row.Reverse())];
}
