using FcnSharp.Training;

namespace FcnSharp.Torch.Tests.Training;

public class LearningOptionsTests
{
    [Fact]
    public void OptimizerOptions_Defaults_AreThePapers()
    {
        var options = new OptimizerOptions();

        Assert.Equal(OptimizerKind.Sgd, options.Kind);
        Assert.Equal((1e-4, 0.9, 5e-4), (options.LearningRate, options.Momentum, options.WeightDecay));
        Assert.Equal(2, options.BiasRateFactor);
        Assert.False(options.DecayBiases);
        Assert.Null(options.MaxGradientNorm);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-3)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void LearningRate_NoPositiveNumber_IsRefusedByName(double rate)
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { LearningRate = rate });

        Assert.Equal(nameof(OptimizerOptions.LearningRate), fault.ParamName);
        Assert.Contains("1e-10 with a summed loss", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OptimizerOptions_OutsideTheirRanges_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { Momentum = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { WeightDecay = -1e-9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { BiasRateFactor = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { Beta1 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { Beta2 = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { Epsilon = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { MaxGradientNorm = 0 });
    }

    [Fact]
    public void LossAndSchedule_OutsideTheirRanges_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossOptions { DiceShare = 1.01 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossOptions { InverseLogOffset = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScheduleOptions { Power = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScheduleOptions { WarmUpSteps = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScheduleOptions { FinalFactor = double.NaN });
    }
}
