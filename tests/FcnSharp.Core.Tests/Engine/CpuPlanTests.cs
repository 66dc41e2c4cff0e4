using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine;

public class CpuPlanTests
{
    [Fact]
    public void PlanFor_AnFcn8s_HasAStepForEveryLayerAndTheLastAtThePicturesSize()
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny());

        var steps = engine.PlanFor(50, 33).Steps;

        Assert.Equal(engine.Plan.Graph.Nodes.Where(node => node.Tensors.Any()).Select(node => node.Name).Order(StringComparer.Ordinal),
            steps.Select(step => step.Name).Order(StringComparer.Ordinal));
        Assert.Equal(new MapShape(50, 33, engine.NumClasses), steps[^1].Output);
        Assert.Equal(new MapShape(32, 32, engine.Plan.Graph["conv1.2"].Channels), steps.Single(step => step.Name == "conv1.2").Output);
    }

    [Fact]
    public void PlanFor_AnFcn8s_CountsWhatLayersAskForAndWhatIsMultiplied()
    {
        var network = FilledNetwork.Tiny();
        using var engine = new CpuEngine(network);

        var steps = engine.PlanFor(64, 64).Steps;

        var (first, second) = (network["conv1.0.weight"].Values.Length, network["conv1.2.weight"].Values.Length);
        Assert.Equal(64L * 64 * first, steps[0].AskedMultiplications);
        Assert.Equal(64L * 64 * second, steps[1].AskedMultiplications);
        Assert.Equal(16L * 16 * second / 9 * 36, steps[1].Multiplications);
    }

    [Fact]
    public void PlanFor_LayersInStrips_GivesNoBytesForTheMapBetweenThem()
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny());

        var steps = engine.PlanFor(64, 64).Steps;

        Assert.Equal((null, 0L), (steps[0].Output, steps[0].MapBytes));
        Assert.True(steps[1].MapBytes >= sizeof(float) * 32 * 32 * engine.Plan.Graph["conv1.2"].Channels);
        Assert.Equal(0, steps[^1].MapBytes);
    }

    [Fact]
    public void PlanFor_APicture_AddsUpItsSteps()
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny());

        var plan = engine.PlanFor(64, 64);

        Assert.Equal(plan.Steps.Sum(step => step.AskedMultiplications), plan.AskedMultiplications);
        Assert.Equal(plan.Steps.Sum(step => step.Multiplications), plan.Multiplications);
        Assert.True(plan.WorkingBytes >= plan.Steps.Max(step => step.MapBytes));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void PlanFor_ASizeThatNoPictureHas_IsRefused(int width, int height)
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny());

        Assert.ThrowsAny<ArgumentException>(() => engine.PlanFor(width, height));
    }

    [Fact]
    public void PlanFor_OfAPredictor_IsThatOfThePictureAtTheWorkingSize()
    {
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny(), new PredictorOptions { WorkingSize = 64 });

        var plan = predictor.PlanFor(640, 320)!;

        Assert.Equal((64, 32), (plan.Width, plan.Height));
    }

    [Fact]
    public void PlanFor_OfAPredictorOnAnotherEngine_IsNull()
    {
        using var predictor = new FcnPredictor(new FakeEngine(new ModelCard()));

        Assert.Null(predictor.PlanFor(640, 480));
    }
}
