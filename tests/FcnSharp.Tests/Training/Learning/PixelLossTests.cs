using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using FcnSharp.Training;
using FcnSharp.Training.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace FcnSharp.Torch.Tests.Training.Learning;

[Collection(Alone.Name)]
public class PixelLossTests
{
    private const int Batch = 2;
    private const int Classes = 4;
    private const int Height = 5;
    private const int Width = 7;
    private const int Void = 255;

    private static readonly double[] Weights = [0.5, 3, 1, 0.1];

    public static TheoryData<LossReduction, bool, double, int> Cases
    {
        get
        {
            var cases = new TheoryData<LossReduction, bool, double, int>();
            foreach (var reduction in Enum.GetValues<LossReduction>())
            {
                foreach (var weighted in new[] { false, true })
                {
                    foreach (var dice in new[] { 0, 0.3, 1 })
                    {
                        cases.Add(reduction, weighted, dice, Void);
                        cases.Add(reduction, weighted, dice, 1);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_ScoresAndLabels_IsTheFormula(LossReduction reduction, bool weighted, double dice, int ignoreId)
    {
        foreach (var device in Devices.All)
        {
            using var scope = NewDisposeScope();
            var options = new LossOptions { Reduction = reduction, DiceShare = dice };
            var weights = weighted ? Weights : null;
            using var loss = new PixelLoss(options, weights, Classes, ignoreId, device);

            var actual = loss.Of(ScoreTensor(Scores(), device), LabelTensor(Labels(ignoreId), device)).Number();

            var expected = ReferenceLoss.Of(options, weights, Scores(), Labels(ignoreId), Batch, Classes, ignoreId);
            Assert.True(expected > 0.1, $"{expected}");
            Assert.Equal(expected, actual, 2e-6 * expected);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_OfScores_EqualsFiniteDifferencesOfTheFormula(LossReduction reduction, bool weighted, double dice, int ignoreId)
    {
        const double step = 1e-5;
        using var scope = NewDisposeScope();
        var options = new LossOptions { Reduction = reduction, DiceShare = dice };
        var weights = weighted ? Weights : null;
        var (values, labels) = (Scores(), Labels(ignoreId));
        using var loss = new PixelLoss(options, weights, Classes, ignoreId, CPU);
        using var scores = ScoreTensor(values, CPU);
        scores.requires_grad = true;

        loss.Of(scores, LabelTensor(labels, CPU)).backward();

        var gradient = scores.grad!.data<float>().ToArray();
        var largest = gradient.Max(Math.Abs);
        Assert.True(largest > 1e-3, $"{largest}");
        for (var at = 0; at < values.Length; at += 11)
        {
            var difference = (Moved(at, step) - Moved(at, -step)) / (2 * step);
            Assert.Equal(difference, gradient[at], 1e-5 * Math.Max(1, largest));
        }

        double Moved(int at, double by)
        {
            var moved = values.ToArray();
            moved[at] += by;
            return ReferenceLoss.Of(options, weights, moved, labels, Batch, Classes, ignoreId);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_NoPixelThatCounts_IsZeroWithZeroGradients(LossReduction reduction, bool weighted, double dice, int ignoreId)
    {
        using var scope = NewDisposeScope();
        using var loss = new PixelLoss(
            new LossOptions { Reduction = reduction, DiceShare = dice }, weighted ? Weights : null, Classes, ignoreId, CPU);
        using var scores = ScoreTensor(Scores(), CPU);
        scores.requires_grad = true;

        var value = loss.Of(scores, full([Batch, Height, Width], ignoreId, dtype: ScalarType.Int64));
        value.backward();

        Assert.Equal(0, value.Number());
        Assert.All(scores.grad!.data<float>().ToArray(), gradient => Assert.Equal(0, gradient));
    }

    [Theory]
    [InlineData(LossReduction.Mean)]
    [InlineData(LossReduction.Sum)]
    public void Of_ScoresThatAreNoNumbers_IsNoNumber(LossReduction reduction)
    {
        using var scope = NewDisposeScope();
        using var loss = new PixelLoss(new LossOptions { Reduction = reduction }, null, Classes, Void, CPU);

        var value = loss.Of(full([Batch, Classes, Height, Width], float.NaN), LabelTensor(Labels(Void), CPU)).Number();

        Assert.Equal(double.NaN, value);
    }

    [Fact]
    public void Of_ScoresTooLargeForExponentials_StaysFinite()
    {
        using var scope = NewDisposeScope();
        using var loss = new PixelLoss(new LossOptions { DiceShare = 0.5 }, null, Classes, Void, CPU);
        var scores = ScoreTensor([.. Scores().Select(score => score * 1e4)], CPU);

        var value = loss.Of(scores, LabelTensor(Labels(Void), CPU)).Number();

        Assert.InRange(value, 1000, 100_000);
    }

    [Fact]
    public void OfAndBackward_WhileAnotherThreadCollects_LeaveNothingAliveAndDoNotChange()
    {
        using var loss = new PixelLoss(new LossOptions { DiceShare = 0.5 }, Weights, Classes, Void, CPU);
        using var scores = ScoreTensor(Scores(), CPU);
        using var labels = LabelTensor(Labels(Void), CPU);
        scores.requires_grad = true;
        var expected = Once();
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        using var collector = new Collector();

        for (var i = 0; i < 2000; i++)
        {
            Assert.Equal(expected, Once());
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);

        double Once()
        {
            using var scope = NewDisposeScope();
            scores.grad = null;
            var value = loss.Of(scores, labels);
            value.backward();
            return value.Number();
        }
    }

    [Fact]
    public void Dispose_OfALossBuiltInsideOfAScope_FreesAllThatOutlivedIt()
    {
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        PixelLoss loss;
        using (NewDisposeScope())
        {
            loss = new PixelLoss(new LossOptions { DiceShare = 0.5 }, Weights, Classes, Void, CPU);
        }

        using (var scores = ScoreTensor(Scores(), CPU))
        using (var labels = LabelTensor(Labels(Void), CPU))
        using (var value = loss.Of(scores, labels))
        {
            Assert.True(value.Number() > 0);
        }

        loss.Dispose();

        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    private static double[] Scores() =>
        [.. GoldenFill.Values("scores", Batch * Classes * Height * Width, 3).Select(value => (double)value)];

    /// <summary>Classes 0 to 2 and the ignored id; no pixel of class 3.</summary>
    private static long[] Labels(int ignoreId) =>
        [.. Enumerable.Range(0, Batch * Height * Width).Select(at => at % 5 == 0 ? ignoreId : at * 7 % 3)];

    private static Tensor ScoreTensor(double[] values, Device device) =>
        tensor(values.Select(value => (float)value).ToArray(), [Batch, Classes, Height, Width], device: device);

    private static Tensor LabelTensor(long[] labels, Device device) => tensor(labels, [Batch, Height, Width], device: device);
}
