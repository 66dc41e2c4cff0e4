using FcnSharp.Training;
using FcnSharp.Training.Learning;

namespace FcnSharp.Torch.Tests.Training.Learning;

public class RateCheckTests
{
    [Theory]
    [InlineData(1e-10, 0.99, LossReduction.Sum)]      // the authors' FCN-32s
    [InlineData(1e-12, 0.99, LossReduction.Sum)]      // FCN-16s
    [InlineData(1e-14, 0.99, LossReduction.Sum)]      // FCN-8s
    [InlineData(1e-4, 0.9, LossReduction.Mean)]       // the paper
    [InlineData(0.02, 0.9, LossReduction.Mean)]       // torchvision
    [InlineData(1.9e-5, 0.99, LossReduction.Mean)]    // 1e-10 of a sum over 500x375 pixels
    public void Warning_PublishedRecipe_IsNone(double rate, double momentum, LossReduction reduction) =>
        Assert.Null(Warning(rate, momentum, reduction));

    [Theory]
    [InlineData(1e-10, 0.99, "for a mean is 1.9e-5")]
    [InlineData(1e-12, 0.99, "for a mean is 1.9e-7")]
    [InlineData(1e-10, 0, "for a mean is 1.9e-5")]
    public void Warning_RateOfASumForAMean_SaysWhatAMeanTakes(double rate, double momentum, string expected)
    {
        var warning = Warning(rate, momentum, LossReduction.Mean);

        Assert.Contains(expected, warning, StringComparison.Ordinal);
        Assert.Contains("suits a summed loss, but LossOptions.Reduction is Mean", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.02, 0.9, "for a sum is 1.1e-7")]
    [InlineData(1e-4, 0.9, "for a sum is 5.3e-10")]
    [InlineData(1e-3, 0, "for a sum is 5.3e-9")]
    public void Warning_RateOfAMeanForASum_SaysWhatASumTakes(double rate, double momentum, string expected)
    {
        var warning = Warning(rate, momentum, LossReduction.Sum);

        Assert.Contains(expected, warning, StringComparison.Ordinal);
        Assert.Contains("suits a mean loss, but LossOptions.Reduction is Sum", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Warning_GradientsOfASumClipped_IsNone() =>
        Assert.Null(RateCheck.Warning(
            new OptimizerOptions { LearningRate = 0.01, MaxGradientNorm = 1 }, new LossOptions { Reduction = LossReduction.Sum }));

    [Theory]
    [InlineData(LossReduction.Mean)]
    [InlineData(LossReduction.Sum)]
    public void Warning_AdamW_IsNone(LossReduction reduction) =>
        Assert.Null(RateCheck.Warning(
            new OptimizerOptions { Kind = OptimizerKind.AdamW, LearningRate = 1e-3 }, new LossOptions { Reduction = reduction }));

    private static string? Warning(double rate, double momentum, LossReduction reduction) =>
        RateCheck.Warning(new OptimizerOptions { LearningRate = rate, Momentum = momentum }, new LossOptions { Reduction = reduction });
}
