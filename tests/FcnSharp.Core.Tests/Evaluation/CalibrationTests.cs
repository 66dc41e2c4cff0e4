using FcnSharp.Data;
using FcnSharp.Engine;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Evaluation;

public class CalibrationTests
{
    private static readonly ClassList Classes = new(["road", "sky"]);

    /// <summary>Three pixels at 0.8 of which two are right, one at 1 that is wrong, and one that is ignored.</summary>
    [Fact]
    public void Counts_OfAFewPixels_GiveTheErrorByHand()
    {
        var counts = new ConfidenceCounts();
        counts.Add(
            new LabelMap(new byte[] { 0, 0, 1, 1, 255 }, 5, 1),
            new LabelMap(new byte[] { 0, 0, 0, 0, 0 }, 5, 1),
            new GrayImage(new byte[] { 204, 204, 204, 255, 255 }, 5, 1),
            LabelMap.IgnoreId);

        var calibration = new Calibration(counts);

        Assert.Equal((3, 2 / 3.0), (calibration.Bins[12].Pixels, calibration.Bins[12].Accuracy!.Value));
        Assert.Equal(0.8, calibration.Bins[12].MeanConfidence!.Value, 1e-12);
        Assert.Equal(new CalibrationBin(1, 1, 0), calibration.Bins[14]);
        Assert.Equal(4, calibration.Bins.Sum(bin => bin.Pixels));
        Assert.Equal(((3 * (0.8 - (2 / 3.0))) + 1) / 4, calibration.ExpectedCalibrationError!.Value, 1e-12);
    }

    [Fact]
    public void Counts_OfNoPixel_HaveNoError() => Assert.Null(new Calibration(new ConfidenceCounts()).ExpectedCalibrationError);

    /// <summary>The scores are twice as large as those of a calibrated network.</summary>
    [Fact]
    public void Fit_OfAnOverconfidentNetwork_FindsItsTemperatureAndMakesConfidenceTrue()
    {
        using var before = Predictor(temperature: null);

        var temperature = TemperatureScaling.Fit(before, Scenes());

        Assert.InRange(temperature, 1.9, 2.1);
        using var after = Predictor(temperature);
        Assert.InRange(Evaluator.Run(before, Scenes()).Calibration!.ExpectedCalibrationError!.Value, 0.05, 1);
        Assert.InRange(Evaluator.Run(after, Scenes()).Calibration!.ExpectedCalibrationError!.Value, 0, 0.015);
        Assert.Equal(temperature, TemperatureScaling.Fit(after, Scenes()), 1e-2);
    }

    [Fact]
    public void Run_WithoutConfidence_HasNoCalibration()
    {
        using var predictor = new FcnPredictor(new SureEngine(new ModelCard()));

        Assert.Null(Evaluator.Run(predictor, Scenes()).Calibration);
    }

    [Fact]
    public void Fit_WithoutProbabilities_SaysWhichOptionIsMissing()
    {
        using var predictor = new FcnPredictor(new SureEngine(new ModelCard()));

        var fault = Assert.Throws<ArgumentException>(() => TemperatureScaling.Fit(predictor, Scenes()));

        Assert.Contains(nameof(PredictorOptions.Probabilities), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OfSeveralViews_SaysWhichOptionToOmit()
    {
        using var predictor = new FcnPredictor(
            new SureEngine(new ModelCard()),
            new PredictorOptions { Probabilities = true, TestTimeAugmentation = TestTimeAugmentation.Accurate });

        var fault = Assert.Throws<ArgumentException>(() => TemperatureScaling.Fit(predictor, Scenes()));

        Assert.Contains($"omit {nameof(PredictorOptions.TestTimeAugmentation)}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_WhereAllPixelsAreIgnored_SaysSo()
    {
        using var predictor = Predictor(temperature: null);
        var ignored = new MemoryDataset(
            Classes, 255,
            [new SegmentationSample("blank", TestPictures.Noise(2, 1, seed: 1), new LabelMap(new byte[] { 255, 255 }, 2, 1))]);

        var fault = Assert.Throws<ArgumentException>(() => TemperatureScaling.Fit(predictor, ignored));

        Assert.Contains("has too few labelled pixels", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_Null_AreRefusedByName()
    {
        using var predictor = Predictor(temperature: null);

        Assert.Equal("predictor", Assert.Throws<ArgumentNullException>(() => TemperatureScaling.Fit(null!, Scenes())).ParamName);
        Assert.Equal("dataset", Assert.Throws<ArgumentNullException>(() => TemperatureScaling.Fit(predictor, null!)).ParamName);
        Assert.Equal("predictor", Assert.Throws<ArgumentNullException>(() => Evaluator.Run(null!, Scenes())).ParamName);
        Assert.Equal("dataset", Assert.Throws<ArgumentNullException>(() => Evaluator.Run(predictor, null!)).ParamName);
    }

    private static FcnPredictor Predictor(double? temperature) => new(
        new SureEngine(new ModelCard { Temperature = temperature }), new PredictorOptions { Confidence = true, Probabilities = true });

    /// <summary>Noise whose true classes are drawn with the probabilities that scores of half the size give.</summary>
    private static MemoryDataset Scenes() => new(
        Classes, 255,
        [.. Enumerable.Range(0, 4).Select(seed =>
        {
            var picture = TestPictures.Noise(200, 150, seed);
            var random = new Random(seed);
            var labels = new byte[200 * 150];
            for (var i = 0; i < labels.Length; i++)
            {
                var probability = 1 / (1 + Math.Exp(-SureEngine.ScoreOf(picture, i) / 2));
                labels[i] = (byte)(random.NextDouble() < probability ? 1 : 0);
            }

            return new SegmentationSample($"scene {seed}", picture, new LabelMap(labels, 200, 150));
        })]);

    /// <summary>Scores class 1 by how red a pixel is.</summary>
    private sealed class SureEngine(ModelCard card) : IFcnEngine
    {
        public int NumClasses => 2;

        public ModelCard Card => card;

        public string Description => "red scores";

        public static float ScoreOf(RgbImage picture, int pixel) => (picture.Pixels.Span[3 * pixel] - 127.5f) / 25;

        public ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default)
        {
            var cells = picture.Width * picture.Height;
            var scores = new float[2 * cells];
            for (var i = 0; i < cells; i++)
            {
                scores[cells + i] = ScoreOf(picture, i);
            }

            return new ScoreMap(scores, 2, picture.Width, picture.Height);
        }

        public void Dispose()
        {
        }
    }
}
