using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch.Tests.Models;

public class GradientTests
{
    private const int Height = 45;
    private const int Width = 37;

    public static TheoryData<FcnVariant, FcnLayout, bool, bool> Kinds => EveryNetwork.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Step_OfAFilledNetwork_MovesEveryParameterThatLearnsAndNoFixedOne(
        FcnVariant variant, FcnLayout layout, bool atOnce, bool batchNorm)
    {
        using var scope = NewDisposeScope();
        using var model = FcnModule.From(
            FilledNetwork.Create(EveryNetwork.Tiny(variant, layout, atOnce, batchNorm)), new FcnLearningOptions { Dropout = 0 });
        model.train();
        using var optimizer = optim.SGD(model.parameters(), learningRate: 0.01);
        var before = Snapshot(model);

        Loss(model, Images(count: 4)).backward();
        optimizer.step();

        var fixedUpsampling = layout == FcnLayout.Original;
        foreach (var (name, parameter) in model.named_parameters())
        {
            var moved = parameter.ne(before[name]).any().Item<bool>();
            if (fixedUpsampling && name.StartsWith("upscore", StringComparison.Ordinal))
            {
                Assert.Null(parameter.grad);
                Assert.False(moved, name);
                continue;
            }

            var gradient = parameter.grad;
            Assert.NotNull(gradient);
            Assert.True(gradient.isfinite().all().Item<bool>(), name);

            // Batch norm subtracts the mean, and so cancels the bias of the preceding convolution.
            if (!(batchNorm && before.ContainsKey(name.Replace(".bias", ".bn.bias", StringComparison.Ordinal))
                && !name.Contains(".bn.", StringComparison.Ordinal)))
            {
                Assert.True(gradient.abs().max().Item<float>() > 0, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Backward_InFloat64_EqualsFiniteDifferences(FcnVariant variant, FcnLayout layout, bool atOnce, bool batchNorm)
    {
        const double step = 1e-6;
        using var scope = NewDisposeScope();
        using var model = FcnModule.From(
            FilledNetwork.Create(EveryNetwork.Tiny(variant, layout, atOnce, batchNorm)), new FcnLearningOptions { LearnUpsampling = true });
        model.to(ScalarType.Float64);
        var images = Images(count: 1).to(ScalarType.Float64);

        Loss(model, images).backward();

        foreach (var (name, parameter) in model.named_parameters())
        {
            using var each = NewDisposeScope();
            var gradient = parameter.grad!.flatten();
            var at = gradient.abs().argmax().Item<long>();
            var expected = gradient[at].Item<double>();

            var difference = (LossWith(parameter, at, step) - LossWith(parameter, at, -step)) / (2 * step);

            Assert.True(Math.Abs(difference - expected) <= 1e-5 * Math.Max(1, Math.Abs(expected)),
                $"{name}[{at}]: {difference} by differences, {expected} by backward");
        }

        double LossWith(Parameter parameter, long at, double change)
        {
            using var inner = NewDisposeScope();
            using var untracked = no_grad();
            using var delta = tensor(change, dtype: ScalarType.Float64);
            var element = parameter.view(-1).narrow(0, at, 1);
            element.add_(delta);
            var loss = Loss(model, images).Item<double>();
            element.sub_(delta);
            return loss;
        }
    }

    private static Tensor Images(int count) =>
        tensor(GoldenFill.Values("x", count * 3 * Height * Width, 1)).reshape(count, 3, Height, Width);

    /// <summary>Every score has a different weight, so that no gradients cancel.</summary>
    private static Tensor Loss(Module<Tensor, Tensor> model, Tensor images)
    {
        var scores = model.call(images);
        var weights = tensor(GoldenFill.Values("loss", (int)scores.numel(), 1)).reshape(scores.shape).to(scores.dtype);
        return (scores * weights).sum();
    }

    private static Dictionary<string, Tensor> Snapshot(Module<Tensor, Tensor> model) =>
        model.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.detach().clone());
}
