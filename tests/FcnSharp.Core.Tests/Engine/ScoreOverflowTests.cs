using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine;

/// <summary>Scores that are infinite or NaN are never turned into labels, and the error names the first pixel.</summary>
public class ScoreOverflowTests
{
    private static readonly RgbImage Picture = OverflowingNetwork.RedSquare(64, 48, left: 40, top: 24);

    public static TheoryData<FcnVariant, FcnLayout> Networks => [.. FilledNetwork.VariantsAndLayouts];

    public static TheoryData<int> Widths => [.. KernelWidths.Lanes];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Classify_WhereTheScoresOverflow_NamesTheFirstPixel(int lanes)
    {
        using var engine = new CpuEngine(OverflowingNetwork.InTheScores(), null, KernelWidths.Of(lanes));

        var error = Overflow(engine, Request(64, 48));

        // The cell of stride 8 at (5, 3) reaches from 4 pixels before it to 4 pixels behind it.
        Assert.Equal((36, 20, 0, float.NaN), (error.X, error.Y, error.ClassId, error.Score));
        Assert.StartsWith("The score of class 0 at pixel (36, 20) of 64x48 is NaN:", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    /// <summary>Minus infinity loses against the other classes, which are zero. It begins where the kernel is above 3.4e-2, which is 40
    /// pixels from the left: 15/16 * 9/16 is, and 15/16 * 1/16 in the first row.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Classify_WhereOnlyALosingClassOverflows_NamesTheFirstPixel(int lanes)
    {
        using var engine = new CpuEngine(OverflowingNetwork.InTheLastUpsampler(), null, KernelWidths.Of(lanes));

        var error = Overflow(engine, Request(64, 48));

        Assert.Equal((40, 20, 1, float.NegativeInfinity), (error.X, error.Y, error.ClassId, error.Score));
    }

    /// <summary>Minus infinity comes of the last upsampler alone, so that the naive network has it at the same pixels.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void EveryQuestion_OfEveryNetwork_NamesTheSamePixel(FcnVariant variant, FcnLayout layout)
    {
        var (inTheScores, last) = (
            OverflowingNetwork.InTheScores(variant, layout), OverflowingNetwork.InTheLastUpsampler(variant, layout));
        using var early = new CpuEngine(inTheScores);
        using var late = new CpuEngine(last);
        var expected = Place(Assert.Throws<ScoreOverflowException>(() => EngineGuard.RefuseOverflow(NaiveFcn.Score(last, Picture))));

        Assert.Equal(expected, Place(Assert.Throws<ScoreOverflowException>(() => late.Score(Picture))));
        Assert.Equal(expected, Place(Overflow(late, Request(64, 48))));
        Assert.Equal(Place(Assert.Throws<ScoreOverflowException>(() => early.Score(Picture))), Place(Overflow(early, Request(64, 48))));
    }

    [Theory]
    [InlineData(150, 90)]
    [InlineData(33, 20)]
    [InlineData(64, 1)]
    public void Classify_AtAnotherSize_NamesThePixelOfTheAnswer(int width, int height)
    {
        var network = OverflowingNetwork.InTheLastUpsampler();
        using var engine = new CpuEngine(network);
        var naive = NaiveFcn.Score(network, Picture);
        var expected = Assert.Throws<ScoreOverflowException>(() => ScoreClassifier.Classify(naive, Request(width, height)));

        var actual = Overflow(engine, Request(width, height));

        Assert.Equal(Place(expected), Place(actual));
        Assert.Contains($" of {width}x{height} ", actual.Message);
    }

    [Fact]
    public void Classify_WithConfidenceAndProbabilities_IsRefusedToo()
    {
        using var engine = new CpuEngine(OverflowingNetwork.InTheScores());

        var error = Overflow(engine, Request(64, 48) with { Confidence = true, Probabilities = true });

        Assert.Equal((36, 20, 0), Place(error));
    }

    [Fact]
    public void Classify_InTiles_NamesThePixelOfTheWholePicture()
    {
        var picture = OverflowingNetwork.RedSquare(840, 650, left: 640, top: 400);
        var options = new CpuEngineOptions { MaxWorkingMemory = 9_500_000 };
        var progress = new Collected<double>();
        using var tiled = new CpuEngine(OverflowingNetwork.InTheScores(), options);

        var error = Assert.Throws<ScoreOverflowException>(
            () => tiled.Classify(picture, Request(840, 650) with { Progress = progress }));

        Assert.True(progress.Values.Count >= 4, $"{progress.Values.Count} tiles are too few to say anything");
        Assert.Equal((636, 396), (error.X, error.Y));
    }

    [Fact]
    public void Classify_APictureThatDoesNotOverflow_IsAnsweredAfterOneThatDoes()
    {
        using var engine = new CpuEngine(OverflowingNetwork.InTheScores());
        Overflow(engine, Request(64, 48));

        var labels = engine.Classify(TestPictures.Flat(64, 48, default), Request(64, 48)).Labels;

        Assert.All(labels.Labels.ToArray(), label => Assert.Equal(0, label));
    }

    [Fact]
    public void Classify_FiniteScoresBelowAllBounds_GivesAClassOfTheNetwork()
    {
        var network = FilledNetwork.Tiny();
        var biased = new FcnNetwork(
            network.Options,
            network.Tensors.Select(tensor => tensor.Name == "upscore_3b.bias"
                ? new NamedTensor(tensor.Name, tensor.Shape, new[] { -3e38f, -2e38f, -3e38f })
                : tensor),
            network.Card);
        using var engine = new CpuEngine(biased);

        var labels = engine.Classify(Picture, Request(64, 48)).Labels;

        Assert.All(labels.Labels.ToArray(), label => Assert.Equal(1, label));
    }

    [Fact]
    public void Predictor_WithOrWithoutTestTimeAugmentation_Throws()
    {
        var augmented = new PredictorOptions { TestTimeAugmentation = new TestTimeAugmentation { Flip = true, Scales = [1, 0.75] } };
        using var single = FcnPredictor.Create(OverflowingNetwork.InTheScores());
        using var several = FcnPredictor.Create(OverflowingNetwork.InTheScores(), augmented);

        Assert.Equal((36, 20), PixelOf(Assert.Throws<ScoreOverflowException>(() => single.Segment(Picture))));
        Assert.Equal((36, 20), PixelOf(Assert.Throws<ScoreOverflowException>(() => several.Segment(Picture))));
    }

    [Fact]
    public void ScoreClassifier_OneViewOfSeveralOverflows_NamesThePixelOfTheAnswer()
    {
        var sound = new ScoreMap(new float[2 * 4 * 3], numClasses: 2, height: 3, width: 4);
        var values = new float[2 * 4 * 3];
        values[(4 * 3) + (2 * 4)] = float.NaN;
        var views = new[] { new ScoreView(sound, Mirrored: false), new ScoreView(new ScoreMap(values, 2, 4, 3), Mirrored: true) };

        var error = Assert.Throws<ScoreOverflowException>(() => ScoreClassifier.Classify(views, Request(4, 3), new ParallelOptions()));

        Assert.Equal((3, 2, 1, float.NaN), (error.X, error.Y, error.ClassId, error.Score));
    }

    private static ClassificationRequest Request(int width, int height) => new() { Width = width, Height = height };

    private static ScoreOverflowException Overflow(IFcnEngine engine, ClassificationRequest request) =>
        Assert.Throws<ScoreOverflowException>(() => engine.Classify(Picture, request));

    private static (int X, int Y) PixelOf(ScoreOverflowException error) => (error.X, error.Y);

    private static (int X, int Y, int ClassId) Place(ScoreOverflowException error) => (error.X, error.Y, error.ClassId);
}
