using FcnSharp.Training;
using FcnSharp.Training.Learning;

namespace FcnSharp.Torch.Tests.Training.Learning;

public class ClassWeightsTests
{
    [Fact]
    public void None_OfAnyCounts_IsNull() => Assert.Null(From(ClassWeighting.None, [0, 0]));

    [Fact]
    public void MedianFrequency_OddCount_IsTheMiddleOverEach() =>
        Assert.Equal([0.5, 1, 4], From(ClassWeighting.MedianFrequency, [800, 400, 100])!);

    [Fact]
    public void MedianFrequency_EvenCount_TakesTheMeanOfTheTwoMiddleOnes() =>
        Assert.Equal([6, 1.5, 0.75, 0.375], From(ClassWeighting.MedianFrequency, [100, 400, 800, 1600])!);

    [Fact]
    public void MedianFrequency_ClassWithoutPixels_HasWeightOneAndDoesNotMoveTheMedian() =>
        Assert.Equal([0.5, 1, 1, 4], From(ClassWeighting.MedianFrequency, [800, 0, 400, 100])!);

    [Fact]
    public void InverseLog_SharesOfNothingHalfAndAll_AreEnets()
    {
        var half = From(ClassWeighting.InverseLog, [50, 50, 0])!;
        var all = From(ClassWeighting.InverseLog, [7])!;

        Assert.Equal(2.388285926447683, half[0], 1e-12);     // 1 / ln 1.52
        Assert.Equal(50.4983497918439, half[2], 1e-12);     // 1 / ln 1.02
        Assert.Equal(1.4222778260019158, all[0], 1e-12);      // 1 / ln 2.02
    }

    [Fact]
    public void From_CountsBeyondAnInt_DoesNotOverflow() =>
        Assert.Equal([1, 1], From(ClassWeighting.MedianFrequency, [long.MaxValue / 4, long.MaxValue / 4])!);

    [Fact]
    public void From_NoPixelAtAll_SaysToLookAtTheMasks()
    {
        var fault = Assert.Throws<ArgumentException>(() => From(ClassWeighting.InverseLog, [0, 0]));

        Assert.Contains("ignored id", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InverseLog_OfALargerOffset_BringsWeightsCloser()
    {
        var loss = new LossOptions { Weighting = ClassWeighting.InverseLog, InverseLogOffset = 1.1 };

        var weights = ClassWeights.From(loss, [7, 0])!;

        Assert.Equal(1.3478227, weights[0], 1e-6);            // 1 / ln 2.1
        Assert.Equal(10.4920587, weights[1], 1e-6);           // 1 / ln 1.1
    }

    [Fact]
    public void Given_AWeightForEachClass_IsTakenAsItIs() =>
        Assert.Equal([1, 3], ClassWeights.From(Given(1, 3), [100, 1])!);

    [Fact]
    public void Given_AnotherNumberOfWeights_NamesBothNumbers()
    {
        var fault = Assert.Throws<ArgumentException>(() => ClassWeights.From(Given(1, 3, 1), [100, 1]));

        Assert.Contains("3 weights, but the data set has 2 classes", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Given_AWeightThatIsNone_IsRefused(double weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Given(1, weight));

    private static LossOptions Given(params double[] weights) =>
        new() { Weighting = ClassWeighting.Given, ClassWeights = [.. weights] };

    private static double[]? From(ClassWeighting weighting, long[] pixels) =>
        ClassWeights.From(new LossOptions { Weighting = weighting }, pixels);
}
