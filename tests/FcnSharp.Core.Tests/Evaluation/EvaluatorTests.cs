using FcnSharp.Data;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Evaluation;

public class EvaluatorTests
{
    private static readonly ClassList Classes = new(["road", "sky", "tree"]);

    [Fact]
    public void Run_OverAllPictures_GivesTheMatrixOfTheWholeSet()
    {
        var dataset = Dataset(10);
        var expected = new ConfusionMatrix(3);
        for (var i = 0; i < dataset.Count; i++)
        {
            expected.Add(dataset.Load(i).Labels, Found(i));
        }

        var result = Run(dataset);

        Assert.Equal(expected.ToMetrics().Classes, result.Metrics.Classes);
        Assert.Equal(expected.ToMetrics().MeanIoU, result.Metrics.MeanIoU);
        Assert.Equal(("in memory", "red", "red values"), (result.Dataset, result.Model, result.EngineDescription));
        Assert.Equal(Enumerable.Range(0, 10).Select(dataset.NameOf), result.Pictures.Select(picture => picture.Name));
        Assert.True(result.Elapsed > TimeSpan.Zero);
    }

    [Fact]
    public void Run_WithAnyNumberOfPicturesAtOnce_GivesTheSame()
    {
        var dataset = Dataset(20);

        var one = Run(dataset, new EvaluationOptions { PicturesAtOnce = 1 });
        var eight = Run(dataset, new EvaluationOptions { PicturesAtOnce = 8 });

        Assert.Equal(one.Metrics.Classes, eight.Metrics.Classes);
        Assert.Equal(one.Pictures, eight.Pictures);
        Assert.Equal(one.Worst.Select(example => example.Score), eight.Worst.Select(example => example.Score));
        Assert.Equal(one.Best.Select(example => example.Score), eight.Best.Select(example => example.Score));
    }

    [Fact]
    public void Run_Examples_AreTheWorstAndTheBest()
    {
        var result = Run(Dataset(20), new EvaluationOptions { Examples = 3 });

        var sorted = result.Pictures.OrderBy(picture => picture.MeanIoU).ToList();
        Assert.Equal(sorted.Take(3).Select(picture => picture.MeanIoU), result.Worst.Select(example => example.Score.MeanIoU));
        Assert.Equal(sorted.AsEnumerable().Reverse().Take(3).Select(picture => picture.MeanIoU),
            result.Best.Select(example => example.Score.MeanIoU));
    }

    /// <summary>Eight frames of one scene are the worst: one of them is shown, and the second example is segmented once more.</summary>
    [Fact]
    public void Run_NeighboursInAVideo_ShowsOneOfThem()
    {
        var truth = DatasetFolder.Labels(1);
        var frames = Enumerable.Range(0, 20).Select(i => new SegmentationSample(
            $"p{i}", Tinted(RedEngine.Draw(i < 8 ? Found(9) : Found(1)), blue: i < 8 ? (byte)200 : (byte)(5 * i)), truth));

        var result = Run(new MemoryDataset(Classes, 255, [.. frames]), new EvaluationOptions { Examples = 2 });

        Assert.Equal(["p0", "p8"], result.Worst.Select(example => example.Score.Name));
        Assert.Equal(result.Pictures[8], result.Worst[1].Score);
        Assert.Equal(Found(1).Labels.ToArray(), result.Worst[1].Prediction.Labels.ToArray());
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(5, 2, 3)]
    [InlineData(8, 4, 4)]
    [InlineData(9, 4, 4)]
    public void Run_OfFewPictures_ShowsEachOnce(int pictures, int worst, int best)
    {
        var result = Run(Dataset(pictures));

        Assert.Equal((worst, best), (result.Worst.Length, result.Best.Length));
        Assert.Equal(worst + best, result.Worst.Concat(result.Best).Select(example => example.Score.Name).Distinct().Count());
    }

    [Fact]
    public void Run_LargePictures_KeepsThemScaledDown()
    {
        var labels = DatasetFolder.Labels(1, width: 60, height: 30);
        var dataset = new MemoryDataset(Classes, 255, [new SegmentationSample("p0", RedEngine.Draw(Clean(labels)), labels)]);

        var example = Run(dataset, new EvaluationOptions { ExampleSize = 20 }).Best[0];

        Assert.Equal((20, 10), (example.Picture.Width, example.Picture.Height));
        Assert.Equal(labels[1, 1], example.Truth[0, 0]);
        Assert.Equal(labels[58, 28], example.Truth[19, 9]);
        Assert.Equal((20, 10), (example.Prediction.Width, example.Prediction.Height));
    }

    [Fact]
    public void Run_ABrokenPicture_RaisesItsOwnException()
    {
        var dataset = Dataset(6, broken: 4);

        var error = Assert.Throws<DatasetException>(() => Run(dataset));

        Assert.Equal("p4.png", error.Path);
    }

    [Fact]
    public void Run_SkippingBrokenPictures_ListsThem()
    {
        var result = Run(Dataset(6, broken: 4), new EvaluationOptions { SkipBroken = true });

        Assert.Equal(5, result.Pictures.Length);
        Assert.Equal(new SkippedPicture("p4", "p4.png: cannot be read. Copy it again."), Assert.Single(result.Skipped));
    }

    [Fact]
    public void Run_APictureWithNothingLabelled_HasNoScore()
    {
        var labels = new LabelMap(new byte[] { 255, 255 }, 2, 1);
        var dataset = new MemoryDataset(Classes, 255, [new SegmentationSample("p0", TestPictures.Flat(2, 1, default), labels)]);

        var result = Run(dataset);

        Assert.Equal(new EvaluatedPicture("p0", null, null), Assert.Single(result.Pictures));
        Assert.Null(result.Metrics.MeanIoU);
        Assert.Empty(result.Best);
    }

    [Fact]
    public void Run_Progress_EndsWithTheWholeSetsMeanIoU()
    {
        var progress = new Collected<EvaluationProgress>();
        using var predictor = new FcnPredictor(new RedEngine(3));

        var result = Evaluator.Run(predictor, Dataset(7), progress: progress);

        Assert.Equal(Enumerable.Range(1, 7), progress.Values.Select(value => value.Done));
        Assert.Equal(new EvaluationProgress(7, 7, result.Metrics.MeanIoU), progress.Values.Last());
    }

    [Fact]
    public void Run_SkippingBrokenPictures_CountsThemInProgress()
    {
        var progress = new Collected<EvaluationProgress>();
        using var predictor = new FcnPredictor(new RedEngine(3));

        Evaluator.Run(predictor, Dataset(6, broken: 4), new EvaluationOptions { SkipBroken = true }, progress);

        Assert.Equal(Enumerable.Range(1, 6), progress.Values.Select(value => value.Done));
    }

    [Fact]
    public void Run_Cancelled_Ends()
    {
        using var predictor = new FcnPredictor(new RedEngine(3));
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAfterFirst(cancellation);

        Assert.ThrowsAny<OperationCanceledException>(
            () => Evaluator.Run(predictor, Dataset(50), progress: progress, cancellationToken: cancellation.Token));
        Assert.InRange(progress.Count, 1, 49);
    }

    [Fact]
    public void Run_OtherClassCounts_AreRefused()
    {
        using var predictor = new FcnPredictor(new RedEngine(4));

        Assert.Contains("4 classes, but \"in memory\" has 3",
            Assert.Throws<ArgumentException>(() => Evaluator.Run(predictor, Dataset(1))).Message);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Contains("PicturesAtOnce must be 1 to 256, but was 0. Omit it for one per processor.", Refused(
            () => new EvaluationOptions { PicturesAtOnce = 0 }));
        Assert.Contains("Examples must be 0 to 100, but was -1. They are all kept in memory and written into the report.", Refused(
            () => new EvaluationOptions { Examples = -1 }));
        Assert.Contains("ExampleSize must be 16 to 4096, but was 8. Give the longer side in pixels.", Refused(
            () => new EvaluationOptions { ExampleSize = 8 }));
    }

    private static string Refused(Func<object> options) => Assert.Throws<ArgumentOutOfRangeException>(options).Message;

    private static EvaluationResult Run(ISegmentationDataset dataset, EvaluationOptions? options = null)
    {
        using var predictor = new FcnPredictor(new RedEngine(3));
        return Evaluator.Run(predictor, dataset, options);
    }

    /// <summary>Pictures in which the engine gets more and more classes wrong.</summary>
    private static MemoryDataset Dataset(int count, int broken = -1) => new(
        Classes,
        255,
        [.. Enumerable.Range(0, count)
            .Select(i => i == broken ? null : new SegmentationSample($"p{i}", RedEngine.Draw(Found(i)), DatasetFolder.Labels(i)))]);

    private static LabelMap Found(int i)
    {
        var labels = Clean(DatasetFolder.Labels(i)).Labels.ToArray();
        for (var at = 0; at < Math.Min(labels.Length, 7 * i); at++)
        {
            labels[at] = (byte)((labels[at] + 1) % 3);
        }

        return new LabelMap(labels, DatasetFolder.Width, DatasetFolder.Height);
    }

    /// <summary>The same for the engine, which looks at red, and another picture for people.</summary>
    private static RgbImage Tinted(RgbImage picture, byte blue)
    {
        var pixels = picture.Pixels.ToArray();
        for (var i = 2; i < pixels.Length; i += 3)
        {
            pixels[i] = blue;
        }

        return new RgbImage(pixels, picture.Width, picture.Height);
    }

    private static LabelMap Clean(LabelMap labels) =>
        new(labels.Labels.ToArray().Select(id => id == 255 ? (byte)0 : id).ToArray(), labels.Width, labels.Height);

    private sealed class CancelAfterFirst(CancellationTokenSource cancellation) : IProgress<EvaluationProgress>
    {
        private int count;

        public int Count => count;

        public void Report(EvaluationProgress value)
        {
            Interlocked.Increment(ref count);
            cancellation.Cancel();
        }
    }
}
