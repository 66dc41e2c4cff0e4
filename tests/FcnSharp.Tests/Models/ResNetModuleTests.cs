using FcnSharp.Engine;
using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch.Tests.Models;

/// <summary>The modules on a ResNet; <see cref="GoldenLogitsTests"/> compares their scores with PyTorch's.</summary>
[Collection(Alone.Name)]
public class ResNetModuleTests
{
    public static TheoryData<FcnVariant, ResNetBlock, bool> Networks => new MatrixTheoryData<FcnVariant, ResNetBlock, bool>(
        Enum.GetValues<FcnVariant>(), Enum.GetValues<ResNetBlock>(), [true, false]);

    private static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    [Theory]
    [MemberData(nameof(Networks))]
    public void StateDict_HasTheNamesAndShapesOfTheNetworksTensors(FcnVariant variant, ResNetBlock block, bool batchNorm)
    {
        var options = Options(variant, block, batchNorm);
        using var module = FcnModule.Create(options);

        Assert.Equal(
            StateDict.TensorsOf(options).Select(spec => $"{spec.Name} {NamedTensor.ShapeText(spec.Shape)}").Order(),
            module.state_dict().Select(pair => $"{pair.Key} {NamedTensor.ShapeText([.. pair.Value.shape.Select(size => (int)size)])}")
                .Order());
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void ToNetwork_AfterFrom_GivesEveryBitBackAndTheScoresOfTheManagedEngine(FcnVariant variant, ResNetBlock block, bool batchNorm)
    {
        var network = FilledNetwork.Create(Options(variant, block, batchNorm));
        var picture = TestPictures.Noise(45, 70);
        using var module = FcnModule.From(network);
        using var engine = new CpuEngine(network);
        using var torchEngine = new FcnSharp.Torch.TorchEngine(network, "cpu");

        var copy = module.ToNetwork();

        Assert.All(network.Tensors, tensor => Assert.Equal(tensor.Values.ToArray(), copy[tensor.Name].Values.ToArray()));
        Closeness.Assert(engine.Score(picture), torchEngine.Score(picture), Closeness.ToPyTorch);
    }

    [Theory]
    [InlineData(ResNetBlock.Basic)]
    [InlineData(ResNetBlock.Bottleneck)]
    public void Backward_ReachesEveryParameter(ResNetBlock block)
    {
        using var scope = NewDisposeScope();
        var network = FilledNetwork.Create(Options(FcnVariant.Fcn4s, block, batchNorm: true));
        using var module = FcnModule.From(network);
        module.train();

        functional.cross_entropy(module.call(rand(2, 3, 64, 64)), zeros(2, 64, 64, dtype: ScalarType.Int64)).backward();

        Assert.All(module.named_parameters(), entry => Assert.True(entry.parameter.grad?.abs().sum().Item<float>() > 0, entry.name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FreezeTrunkNorms_KeepsStatisticsAndTheirParameters(bool freezes)
    {
        using var scope = NewDisposeScope();
        var network = FilledNetwork.Create(Options(FcnVariant.Fcn8s, ResNetBlock.Basic, batchNorm: true));
        using var module = FCN8s.From(network, new FcnLearningOptions { FreezeTrunkNorms = freezes });
        module.train();

        var images = rand(2, 3, 64, 64);
        var scores = module.call(images);
        var after = module.ToNetwork();

        var norms = network.Tensors.Where(tensor => tensor.Name.Contains("running", StringComparison.Ordinal)).ToList();
        Assert.Equal(2 * 12, norms.Count);
        Assert.All(norms, tensor => Assert.Equal(freezes, tensor.Values.Span.SequenceEqual(after[tensor.Name].Values.Span)));
        Assert.All(
            module.named_parameters().Where(entry => entry.name.Contains("bn", StringComparison.Ordinal)),
            entry => Assert.Equal(!freezes, entry.parameter.requires_grad));
        module.eval();
        Assert.Equal(freezes, scores.allclose(module.call(images)));
    }

    [Fact]
    public void InitializeFrom_FCN8s_KeepsItsScoresUntilTheNewSkipLearns()
    {
        using var scope = NewDisposeScope();
        var options = Options(FcnVariant.Fcn8s, ResNetBlock.Basic, batchNorm: true);
        using var coarser = FCN8s.From(FilledNetwork.Create(options));
        using var finer = new FCN4s(options);

        finer.InitializeFrom(coarser);

        var (from, to) = (coarser.ToNetwork(), finer.ToNetwork());
        Assert.All(
            from.Tensors.Where(tensor => !tensor.Name.StartsWith("upscore", StringComparison.Ordinal)),
            tensor => Assert.Equal(tensor.Values.ToArray(), to[tensor.Name].Values.ToArray()));
        Assert.All(to["score_2b.0.weight"].Values.ToArray(), value => Assert.Equal(0, value));
        Assert.Equal([3, 3, 8, 8], to["upscore_2b.weight"].Shape);
        Assert.Equal(0.875f * 0.875f, to["upscore_2b.weight"].Values.ToArray().Max());
    }

    [Fact]
    public void Forward_AHundredTimes_LeavesOnlyTheScoresAlive()
    {
        using var module = new FCN4s(Options(FcnVariant.Fcn4s, ResNetBlock.Bottleneck, batchNorm: true));
        using var images = zeros(1, 3, 33, 32);
        var before = LiveTensors;

        var scores = Enumerable.Range(0, 100).Select(_ => module.call(images)).ToList();

        Assert.Equal(before + 100, LiveTensors);
        scores.ForEach(score => score.Dispose());
        Assert.Equal(before, LiveTensors);
    }

    [Fact]
    public void Dispose_FreesEveryTensor()
    {
        var before = LiveTensors;

        using (NewDisposeScope())
        {
            new FCN8s(Options(FcnVariant.Fcn8s, ResNetBlock.Bottleneck, batchNorm: true)).Dispose();
        }

        Assert.Equal(before, LiveTensors);
    }

    private static FcnOptions Options(FcnVariant variant, ResNetBlock block, bool batchNorm) => new()
    {
        Variant = variant, NumClasses = 3,
        Trunk = new ResNetTrunkOptions { Block = block, Blocks = new(1, 1, 1, 1), Width = 4, BatchNorm = batchNorm },
    };
}
