using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using FcnSharp.Training.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace FcnSharp.Torch.Tests.Training.Learning;

[Collection(Alone.Name)]
public class WeightAverageTests
{
    private static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Update_OfChangingTensors_FollowsTheFormulaForParametersAndStatistics(double decay)
    {
        foreach (var device in Devices.All)
        {
            using var scope = NewDisposeScope();
            using var model = Tiny();
            model.to(device);
            Fill(model, 0);
            using var average = new WeightAverage(model, decay);
            var expected = 0.0;

            for (var step = 0; step < 30; step++)
            {
                Fill(model, step + 1);
                average.Update(step);
                var kept = Math.Min(decay, (1.0 + step) / (10 + step));
                expected = (kept * expected) + ((1 - kept) * (step + 1));
            }

            Assert.Equal(model.state_dict().Keys, average.State.Select(entry => entry.Name));
            Assert.Contains(average.State, entry => entry.Name.EndsWith(".bn.running_mean", StringComparison.Ordinal));
            Assert.All(average.State, entry => Assert.All(TensorValues.Floats(entry.Value), value => Assert.Equal(expected, value, 1e-4)));
        }
    }

    [Fact]
    public void New_OfAModel_StartsWithCopiesOfItsTensors()
    {
        using var model = Tiny();
        using var average = new WeightAverage(model, 0.9);
        var before = model.ToNetwork();

        Fill(model, 7);

        Assert.All(average.State, entry =>
            Assert.Equal(before.Tensors.Single(tensor => tensor.Name == entry.Name).Values.ToArray(), TensorValues.Floats(entry.Value)));
    }

    [Fact]
    public void Update_OfTensorsThatStay_KeepsTheirVeryBits()
    {
        using var model = Tiny();
        using var average = new WeightAverage(model, 0.999);

        for (var step = 0; step < 100; step++)
        {
            average.Update(step);
        }

        var expected = model.ToNetwork();
        Assert.All(average.State, entry =>
            Assert.Equal(expected.Tensors.Single(tensor => tensor.Name == entry.Name).Values.ToArray(), TensorValues.Floats(entry.Value)));
    }

    [Fact]
    public void Update_WhileAnotherThreadCollects_LeavesNothingAlive()
    {
        using var model = Tiny();
        using var average = new WeightAverage(model, 0.999);
        average.Update(0);
        var before = LiveTensors;

        using (new Collector())
        {
            for (var step = 1; step < 1000; step++)
            {
                average.Update(step);
            }
        }

        Assert.Equal(before, LiveTensors);
    }

    [Fact]
    public void Dispose_OfAnAverageBuiltInsideOfAScope_FreesItsTensors()
    {
        using var model = Tiny();
        var before = LiveTensors;
        WeightAverage average;
        using (NewDisposeScope())
        {
            average = new WeightAverage(model, 0.9);
        }

        average.Update(0);
        average.Dispose();

        Assert.Equal(before, LiveTensors);
    }

    private static FCN8s Tiny() => FCN8s.From(FilledNetwork.Create(EveryNetwork.Tiny(FcnVariant.Fcn8s, batchNorm: true)));

    private static void Fill(FCN8s model, float value)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using Scalar number = value;
        foreach (var tensor in model.state_dict().Values)
        {
            tensor.fill_(number);
        }
    }
}
