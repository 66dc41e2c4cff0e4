using FcnSharp.Training;
using FcnSharp.Training.Learning;

namespace FcnSharp.Torch.Tests.Training.Learning;

public class LearningRatesTests
{
    private const double Precision = 1e-12;

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(999, 0.1)]
    [InlineData(5000, 0.1)]
    public void Constant_AtAnyStep_IsTheBaseRate(long step, double expected) =>
        Assert.Equal(expected, LearningRates.At(new ScheduleOptions { Kind = ScheduleKind.Constant }, 0.1, step, 1000), Precision);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(500, 0.53588673126814657)]     // 0.5^0.9
    [InlineData(900, 0.12589254117941673)]     // 0.1^0.9
    [InlineData(1000, 0)]
    [InlineData(1001, 0)]
    public void Poly_OfPower09_IsThePowerOfWhatIsLeft(long step, double expected) =>
        Assert.Equal(expected, LearningRates.At(new ScheduleOptions { Kind = ScheduleKind.Poly }, 1, step, 1000), Precision);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(250, 0.85355339059327373)]     // (1 + sqrt(1/2)) / 2
    [InlineData(500, 0.5)]
    [InlineData(1000, 0)]
    public void Cosine_OverAllSteps_FallsFromOneToZero(long step, double expected) =>
        Assert.Equal(expected, LearningRates.At(new ScheduleOptions { Kind = ScheduleKind.Cosine }, 1, step, 1000), Precision);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(500, 0.85355339059327373)]     // where 2000 steps have a quarter behind them
    [InlineData(1000, 0.5)]
    public void Cosine_OverMoreStepsThanThereAre_EndsHigh(long step, double expected) => Assert.Equal(
        expected, LearningRates.At(new ScheduleOptions { Kind = ScheduleKind.Cosine, Steps = 2000 }, 1, step, 1000), Precision);

    [Theory]
    [InlineData(ScheduleKind.Poly, 0.2)]
    [InlineData(ScheduleKind.Cosine, 0.2)]
    [InlineData(ScheduleKind.Constant, 2)]
    public void FinalFactor_AtTheEnd_IsWhatIsLeft(ScheduleKind kind, double expected) =>
        Assert.Equal(expected, LearningRates.At(new ScheduleOptions { Kind = kind, FinalFactor = 0.1 }, 2, 1000, 1000), Precision);

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(1, 0.5)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(52, 0.5)]                      // half way from 4 to 100
    public void WarmUp_BeforeTheCurve_RisesEvenly(long step, double expected) =>
        Assert.Equal(
            expected, LearningRates.At(new ScheduleOptions { Kind = ScheduleKind.Cosine, WarmUpSteps = 4 }, 1, step, 100), Precision);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    public void WarmUp_LongerThanATenth_IsCutToATenth(long step, double expected) =>
        Assert.Equal(
            expected, LearningRates.At(new ScheduleOptions { Kind = ScheduleKind.Poly, WarmUpSteps = 1000 }, 1, step, 20), Precision);

    [Theory]
    [InlineData(ScheduleKind.Constant)]
    [InlineData(ScheduleKind.Poly)]
    [InlineData(ScheduleKind.Cosine)]
    public void At_TheOnlyStep_IsTheBaseRate(ScheduleKind kind) =>
        Assert.Equal(0.3, LearningRates.At(new ScheduleOptions { Kind = kind, WarmUpSteps = 5 }, 0.3, 0, 1), Precision);
}
