using CsCheck;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;

namespace FcnSharp.Tests.Evaluation;

public class ConfusionMatrixTests
{
    private const int Classes = 5;
    private const byte Ignored = 255;

    /// <summary>Truth and prediction of one picture, 1 to 60 pixels; the truth may be ignored.</summary>
    private static readonly Gen<(byte[] Truth, byte[] Prediction)> Pictures =
        Gen.Int[1, 60].SelectMany(size => Gen.Select(
            Gen.OneOf(Gen.Byte[0, Classes - 1], Gen.Const(Ignored)).Array[size],
            Gen.Byte[0, Classes - 1].Array[size]));

    /// <summary>By hand: t = (4, 6, 0); class 2 occurs nowhere.</summary>
    [Fact]
    public void Metrics_OfAMatrixWithAnAbsentClass_AreThoseByHand()
    {
        var metrics = Matrix([[3, 1, 0], [2, 4, 0], [0, 0, 0]]).ToMetrics();

        Assert.Equal(7.0 / 10, metrics.PixelAccuracy!.Value, 1e-12);
        Assert.Equal(((3.0 / 4) + (4.0 / 6)) / 2, metrics.MeanAccuracy!.Value, 1e-12);
        Assert.Equal(((3.0 / 6) + (4.0 / 7)) / 2, metrics.MeanIoU!.Value, 1e-12);
        Assert.Equal(((4 * 3.0 / 6) + (6 * 4.0 / 7)) / 10, metrics.FrequencyWeightedIoU!.Value, 1e-12);
        Assert.Equal((3.0 / 5, 4.0 / 5), (metrics.Classes[0].Precision, metrics.Classes[1].Precision));
        Assert.Equal((null, null, null), (metrics.Classes[2].IoU, metrics.Classes[2].Accuracy, metrics.Classes[2].Precision));
        Assert.Equal(10, metrics.Pixels);
    }

    /// <summary>By hand: t = (6, 4, 0); class 2 was predicted once, so its IoU is 0 and counts, but it has no accuracy.</summary>
    [Fact]
    public void Metrics_OfAClassOnlyPredicted_CountItsIoUAsZero()
    {
        var metrics = Matrix([[5, 0, 1], [0, 4, 0], [0, 0, 0]]).ToMetrics();

        Assert.Equal(9.0 / 10, metrics.PixelAccuracy!.Value, 1e-12);
        Assert.Equal(((5.0 / 6) + 1) / 2, metrics.MeanAccuracy!.Value, 1e-12);
        Assert.Equal(((5.0 / 6) + 1 + 0) / 3, metrics.MeanIoU!.Value, 1e-12);
        Assert.Equal(((6 * 5.0 / 6) + 4) / 10, metrics.FrequencyWeightedIoU!.Value, 1e-12);
        Assert.Equal(0, metrics.Classes[2].IoU);
        Assert.Null(metrics.Classes[2].Accuracy);
        Assert.Equal(0, metrics.Classes[2].Precision);
    }

    [Fact]
    public void Metrics_OfNothing_AreAllAbsent()
    {
        var metrics = new ConfusionMatrix(3).ToMetrics();

        Assert.Equal(
            (null, null, null, null), (metrics.PixelAccuracy, metrics.MeanAccuracy, metrics.MeanIoU, metrics.FrequencyWeightedIoU));
    }

    [Fact]
    public void Counts_BeyondInt_DoNotOverflow()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(1, 0, 4_000_000_000);
        matrix.Merge(Matrix([[0, 0], [4_000_000_000, 0]]));

        Assert.Equal(8_000_000_000, matrix[1, 0]);
        Assert.Equal(8_000_000_000, matrix.Total);
    }

    [Fact]
    public void Add_OfPictures_CountsTruthByPrediction()
    {
        var matrix = new ConfusionMatrix(3);

        matrix.Add(Map(0, 0, 1, 2, 11), Map(0, 2, 1, 1, 0), ignoreId: 11);

        Assert.Equal((1, 1, 1, 1, 4), (matrix[0, 0], matrix[0, 2], matrix[1, 1], matrix[2, 1], matrix.Total));
    }

    [Fact]
    public void Merge_InAnyOrder_GivesTheSame() => Pictures.List[1, 6].Sample(pictures =>
    {
        var forward = new ConfusionMatrix(Classes);
        var backward = new ConfusionMatrix(Classes);
        pictures.ForEach(picture => forward.Merge(Of(picture)));
        Enumerable.Reverse(pictures).ToList().ForEach(picture => backward.Merge(Of(picture)));
        var whole = Of(
            (pictures.SelectMany(picture => picture.Truth).ToArray(), pictures.SelectMany(picture => picture.Prediction).ToArray()));

        return Cells(forward).SequenceEqual(Cells(backward)) && Cells(forward).SequenceEqual(Cells(whole));
    });

    [Fact]
    public void PerfectPrediction_GivesOneEverywhere() =>
        Pictures.Where(picture => picture.Truth.Any(id => id != Ignored)).Sample(picture =>
    {
        var metrics = Of((picture.Truth, picture.Truth.Select(id => id == Ignored ? (byte)0 : id).ToArray())).ToMetrics();

        return (metrics.PixelAccuracy, metrics.MeanAccuracy, metrics.MeanIoU) == (1, 1, 1)
            && Math.Abs(metrics.FrequencyWeightedIoU!.Value - 1) < 1e-12;
    });

    [Fact]
    public void IgnoredPixels_NeverCount_WhateverWasPredicted() => Gen.Select(Pictures, Gen.Byte[0, Classes - 1]).Sample((picture, other) =>
    {
        var changed = picture.Prediction.Select((id, i) => picture.Truth[i] == Ignored ? other : id).ToArray();

        return Cells(Of(picture)).SequenceEqual(Cells(Of((picture.Truth, changed))))
            && Of(picture).Total == picture.Truth.Count(id => id != Ignored);
    });

    [Fact]
    public void Relabelling_BothSides_PermutesTheClasses() =>
        Gen.Select(Pictures, Gen.Shuffle(Enumerable.Range(0, Classes).ToArray())).Sample((picture, order) =>
    {
        byte Renamed(byte id) => id == Ignored ? id : (byte)order[id];
        var before = Of(picture).ToMetrics();
        var after = Of((picture.Truth.Select(Renamed).ToArray(), picture.Prediction.Select(Renamed).ToArray())).ToMetrics();

        return Same(before.MeanIoU, after.MeanIoU) && Same(before.MeanAccuracy, after.MeanAccuracy)
            && Same(before.PixelAccuracy, after.PixelAccuracy) && Same(before.FrequencyWeightedIoU, after.FrequencyWeightedIoU)
            && Enumerable.Range(0, Classes).All(id => Counts(before.Classes[id]) == Counts(after.Classes[order[id]]));

        static (long True, long Predicted, long Correct) Counts(ClassMetrics metrics) =>
            (metrics.TruePixels, metrics.PredictedPixels, metrics.CorrectPixels);
    });

    [Fact]
    public void Metrics_OfAnything_LieBetweenZeroAndOne() => Pictures.Sample(picture =>
    {
        var metrics = Of(picture).ToMetrics();
        double?[] all = [metrics.PixelAccuracy, metrics.MeanAccuracy, metrics.MeanIoU, metrics.FrequencyWeightedIoU,
            .. metrics.Classes.Select(item => item.IoU)];

        return all.All(value => value is null or (>= 0 and <= 1 + 1e-12));
    });

    [Fact]
    public void Add_WhatDoesNotFit_IsRefusedAndNothingIsCounted()
    {
        var matrix = new ConfusionMatrix(3);

        Assert.Contains("4x1 pixels, but the prediction is 3x1",
            Assert.Throws<ArgumentException>(() => matrix.Add(Map(0, 1, 2, 0), Map(0, 1, 2))).Message);
        Assert.Contains("Pixel (2, 0) has the true id 3",
            Assert.Throws<ArgumentException>(() => matrix.Add(Map(0, 1, 3), Map(0, 1, 2))).Message);
        Assert.Contains("the predicted id 7", Assert.Throws<ArgumentException>(() => matrix.Add(Map(0, 1, 2), Map(0, 7, 2))).Message);
        Assert.Throws<ArgumentException>(() => matrix.Merge(new ConfusionMatrix(4)));
        Assert.Contains("truth must be 0 to 2, but was 3. Use the class list that the matrix was made for.",
            Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(3, 0, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 3]);
        Assert.Contains("classes must be 1 to 255, but was 256. Id 255 stays free for ignored pixels.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(256)).Message);
        Assert.Equal(0, matrix.Total);
    }

    private static bool Same(double? a, double? b) => a is null ? b is null : Math.Abs(a.Value - b!.Value) < 1e-12;

    private static LabelMap Map(params byte[] labels) => new(labels, labels.Length, 1);

    private static ConfusionMatrix Of((byte[] Truth, byte[] Prediction) picture)
    {
        var matrix = new ConfusionMatrix(Classes);
        matrix.Add(Map(picture.Truth), Map(picture.Prediction));
        return matrix;
    }

    private static IEnumerable<long> Cells(ConfusionMatrix matrix) =>
        from truth in Enumerable.Range(0, matrix.NumClasses)
        from prediction in Enumerable.Range(0, matrix.NumClasses)
        select matrix[truth, prediction];

    private static ConfusionMatrix Matrix(long[][] rows)
    {
        var matrix = new ConfusionMatrix(rows.Length);
        for (var truth = 0; truth < rows.Length; truth++)
        {
            for (var prediction = 0; prediction < rows.Length; prediction++)
            {
                matrix.Add(truth, prediction, rows[truth][prediction]);
            }
        }

        return matrix;
    }
}
