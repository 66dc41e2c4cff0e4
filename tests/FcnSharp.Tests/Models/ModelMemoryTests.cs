using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch.Tests.Models;

[Collection(Alone.Name)]
public class ModelMemoryTests
{
    private static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    [Theory]
    [InlineData(FcnVariant.Fcn8s, FcnLayout.Compact, true)]
    [InlineData(FcnVariant.Fcn16s, FcnLayout.Original, false)]
    [InlineData(FcnVariant.Fcn32s, FcnLayout.Compact, false)]
    public void Forward_AHundredTimes_LeavesOnlyTheScoresAlive(FcnVariant variant, FcnLayout layout, bool batchNorm)
    {
        using var model = FcnModule.Create(EveryNetwork.Tiny(variant, layout, batchNorm: batchNorm));
        using var images = zeros(1, 3, 33, 32);
        var before = LiveTensors;

        var scores = Enumerable.Range(0, 100).Select(_ => model.call(images)).ToList();

        Assert.Equal(before + 100, LiveTensors);
        scores.ForEach(score => score.Dispose());
        Assert.Equal(before, LiveTensors);
    }

    [Fact]
    public void TrainingSteps_AHundredOfThem_LeaveNothingAlive()
    {
        using var model = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s, batchNorm: true));
        using var optimizer = optim.SGD(model.parameters(), learningRate: 1e-3, momentum: 0.9);
        using var images = rand(2, 3, 40, 33);
        using var labels = zeros(2, 40, 33, dtype: ScalarType.Int64);
        Step();
        var before = LiveTensors;

        for (var i = 0; i < 100; i++)
        {
            Step();
        }

        Assert.Equal(before, LiveTensors);

        void Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            functional.cross_entropy(model.call(images), labels).backward();
            optimizer.step();
        }
    }

    [Fact]
    public void Dispose_AfterBuildingAndCopying_FreesEveryTensor()
    {
        var before = LiveTensors;

        using (var model = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s, batchNorm: true)))
        {
            using var coarser = new FCN16s((FcnOptions)model.Options);
            model.InitializeFrom(coarser);
            using var copy = FCN8s.From(model.ToNetwork());
        }

        Assert.Equal(before, LiveTensors);
    }

    [Fact]
    public void New_InsideOfADisposeScope_OutlivesIt()
    {
        FCN8s model;
        using (NewDisposeScope())
        {
            model = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s, batchNorm: true));
        }

        using (model)
        {
            using var images = zeros(2, 3, 32, 32);
            using var scores = model.call(images);

            Assert.Equal([2, 3, 32, 32], scores.shape);
        }
    }

    [Theory]
    [InlineData(FcnLayout.Compact, false, 10_000)]
    [InlineData(FcnLayout.Original, true, 1_000)]
    public void Forward_WhileAnotherThreadCollects_NeverFails(FcnLayout layout, bool atOnce, int times)
    {
        using var model = FCN8s.From(FilledNetwork.Create(EveryNetwork.Tiny(FcnVariant.Fcn8s, layout, atOnce)));
        var values = GoldenFill.Values("x", 3, 1);
        var expected = ModuleScores.Of(model, values, 1, 1);
        using var collector = new Collector();

        for (var i = 0; i < times; i++)
        {
            Assert.Equal(expected, ModuleScores.Of(model, values, 1, 1));
        }
    }

    [Fact]
    public void ForwardAndBackward_WithBatchNormWhileAnotherThreadCollects_NeverFail()
    {
        using var model = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s, batchNorm: true));
        using var images = rand(2, 3, 32, 32);
        using var collector = new Collector();

        for (var i = 0; i < 500; i++)
        {
            using var scope = NewDisposeScope();
            model.call(images).sum().backward();
        }
    }
}
