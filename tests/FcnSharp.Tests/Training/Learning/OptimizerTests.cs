using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using FcnSharp.Training;
using FcnSharp.Training.Learning;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Optimizer = FcnSharp.Training.Learning.Optimizer;
using OptimizerOptions = FcnSharp.Training.OptimizerOptions;

namespace FcnSharp.Torch.Tests.Training.Learning;

[Collection(Alone.Name)]
public class OptimizerTests
{
    private static readonly double[] Rates = [0.1, 0.05, 0.2, 0.1, 0.01];

    private static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 0)]
    [InlineData(0.9, 0.01)]
    public void Sgd_FiveSteps_FollowTheFormula(double momentum, double decay)
    {
        var options = new OptimizerOptions { Momentum = momentum, WeightDecay = decay, BiasRateFactor = 2 };
        var (weight, bias, weightVelocity, biasVelocity) = (1.0, -0.5, 0.0, 0.0);
        foreach (var rate in Rates)
        {
            weightVelocity = (momentum * weightVelocity) + (2 * weight) + (decay * weight);
            weight -= rate * weightVelocity;
            biasVelocity = (momentum * biasVelocity) + (2 * bias);
            bias -= 2 * rate * biasVelocity;
        }

        AssertAfterSteps(options, weight, bias);
    }

    [Fact]
    public void AdamW_FiveSteps_FollowTheFormula()
    {
        var options = new OptimizerOptions
        {
            Kind = OptimizerKind.AdamW,
            WeightDecay = 0.1,
            BiasRateFactor = 1,
            DecayBiases = true,
            Beta1 = 0.8,
            Beta2 = 0.99,
            Epsilon = 1e-3,
        };

        AssertAfterSteps(options, Follow(1.0), Follow(-0.5));

        double Follow(double value)
        {
            var (mean, square) = (0.0, 0.0);
            for (var t = 1; t <= Rates.Length; t++)
            {
                var (rate, gradient) = (Rates[t - 1], 2 * value);
                value *= 1 - (rate * 0.1);
                mean = (0.8 * mean) + (0.2 * gradient);
                square = (0.99 * square) + (0.01 * gradient * gradient);
                value -= rate * (mean / (1 - Math.Pow(0.8, t))) / (Math.Sqrt(square / (1 - Math.Pow(0.99, t))) + 1e-3);
            }

            return value;
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.AdamW)]
    public void Step_OfANetwork_IsTorchSharps(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        using var ours = Network();
        using var theirs = Network();
        using var optimizer = Optimizer.Create(
            ours, new OptimizerOptions { Kind = kind, WeightDecay = 0.01, BiasRateFactor = 1, DecayBiases = true });
        using var reference = Reference();

        for (var step = 0; step < 5; step++)
        {
            optimizer.ZeroGradients();
            Loss(ours).backward();
            optimizer.Step(1e-3, step);
            reference.zero_grad();
            Loss(theirs).backward();
            reference.step();
        }

        var expected = theirs.state_dict();
        foreach (var (name, value) in ours.state_dict())
        {
            Closeness.Assert(Values(expected[name].add(expected[name].sign())), Values(value.add(expected[name].sign())), 1e-5, name);
        }

        // Without batch norm, whose parameters do not decay here.
        static FCN8s Network() =>
            FCN8s.From(FilledNetwork.Create(EveryNetwork.Tiny(FcnVariant.Fcn8s)), new FcnLearningOptions { Dropout = 0 });

        optim.Optimizer Reference() => kind == OptimizerKind.Sgd
            ? optim.SGD(theirs.parameters(), 1e-3, momentum: 0.9, weight_decay: 0.01)
            : optim.AdamW(theirs.parameters(), 1e-3, weight_decay: 0.01);
    }

    [Fact]
    public void Step_OfANetworkWithBatchNorm_GivesEveryKindOfParameterItsRateAndDecay()
    {
        using var scope = NewDisposeScope();
        using var model = new FCN8s(
            EveryNetwork.Tiny(FcnVariant.Fcn8s, batchNorm: true), new FcnLearningOptions { LearnUpsampling = false });
        using var optimizer = Optimizer.Create(model, new OptimizerOptions { Momentum = 0, WeightDecay = 0.25, BiasRateFactor = 2 });
        using (no_grad())
        {
            foreach (var parameter in model.parameters())
            {
                parameter.fill_(8f);
                parameter.grad = parameter.requires_grad ? ones_like(parameter) : null;
            }
        }

        optimizer.Step(0.5, 0);

        foreach (var (name, parameter) in model.named_parameters())
        {
            Assert.Equal(Expected(name), Assert.Single(Values(parameter).Distinct()));
        }

        static float Expected(string name) => name switch
        {
            _ when name.StartsWith("upscore", StringComparison.Ordinal) => 8,
            _ when name.Contains(".bn.", StringComparison.Ordinal) => 8 - (0.5f * 1),
            _ when name.EndsWith(".bias", StringComparison.Ordinal) => 8 - (2 * 0.5f * 1),
            _ => 8 - (0.5f * (1 + (0.25f * 8))),
        };
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, "velocity")]
    [InlineData(OptimizerKind.AdamW, "mean", "square")]
    public void State_BeforeTheFirstStep_NamesAllThatIsRemembered(OptimizerKind kind, params string[] kinds)
    {
        using var model = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s, FcnLayout.Original));
        using var optimizer = Optimizer.Create(model, new OptimizerOptions { Kind = kind });

        var state = optimizer.State;

        var learned = model.named_parameters().Where(entry => !entry.name.StartsWith("upscore", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            learned.SelectMany(entry => kinds.Select(memory => (memory + "." + entry.name, string.Join(',', entry.parameter.shape))))
                .Order(),
            state.Select(entry => (entry.Name, string.Join(',', entry.Value.shape))).Order());
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.AdamW)]
    public void Step_ResumedFromCopiedState_GivesTheVeryBits(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        var options = new OptimizerOptions { Kind = kind };
        using var model = Tiny();
        using var optimizer = Optimizer.Create(model, options);
        Run(model, optimizer, from: 0, count: 3);
        using var resumed = FCN8s.From(model.ToNetwork(), new FcnLearningOptions { Dropout = 0 });
        using var resumedOptimizer = Optimizer.Create(resumed, options);
        foreach (var ((_, target), (_, source)) in resumedOptimizer.State.Zip(optimizer.State))
        {
            target.copy_(source);
        }

        Run(model, optimizer, from: 3, count: 3);
        Run(resumed, resumedOptimizer, from: 3, count: 3);

        Assert.All(model.ToNetwork().Tensors.Zip(resumed.ToNetwork().Tensors),
            pair => Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray()));
    }

    [Theory]
    [InlineData(1, 0.2, 0.4, 0.4, 0.8)]
    [InlineData(100, 1.0, 2.0, 2.0, 4.0)]
    public void ClipGradients_OfLengthFive_ScalesThemAllDownToTheBound(double maxNorm, params double[] expected)
    {
        using var scope = NewDisposeScope();
        using var model = Linear(2, 2, hasBias: false);
        using var optimizer = Optimizer.Create(model, new OptimizerOptions());
        model.weight.grad = tensor([1f, 2, 2, 4], [2, 2]);

        var norm = optimizer.ClipGradients(maxNorm);

        Assert.Equal(5, norm, 1e-6);
        Assert.All(Values(model.weight.grad!).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Fact]
    public void ClipGradients_WithAGradientThatIsNoNumber_SaysSo()
    {
        using var scope = NewDisposeScope();
        using var model = Linear(2, 1, hasBias: false);
        using var optimizer = Optimizer.Create(model, new OptimizerOptions());
        model.weight.grad = tensor([1f, float.NaN], [1, 2]);

        Assert.False(double.IsFinite(optimizer.ClipGradients(1)));
    }

    [Fact]
    public void Step_WithoutGradients_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var model = Tiny();
        using var optimizer = Optimizer.Create(model, new OptimizerOptions());
        var before = model.ToNetwork();
        Loss(model).backward();
        optimizer.ZeroGradients();

        optimizer.Step(1, 0);

        Assert.All(
            before.Tensors.Zip(model.ToNetwork().Tensors), pair => Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray()));
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.AdamW)]
    public void ClipAndStep_WhileAnotherThreadCollects_LeaveNothingAliveAndGiveTheSameBits(OptimizerKind kind)
    {
        var options = new OptimizerOptions { Kind = kind };
        using var expected = Tiny();
        using var model = Tiny();
        using (var quiet = Optimizer.Create(expected, options))
        {
            Run(expected, quiet, from: 0, count: 100);
        }

        using var optimizer = Optimizer.Create(model, options);
        Run(model, optimizer, from: 0, count: 1);
        optimizer.ZeroGradients();
        var before = LiveTensors;

        using (new Collector())
        {
            Run(model, optimizer, from: 1, count: 99);
        }

        optimizer.ZeroGradients();
        Assert.Equal(before, LiveTensors);
        Assert.All(expected.ToNetwork().Tensors.Zip(model.ToNetwork().Tensors),
            pair => Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray()));
    }

    [Fact]
    public void Dispose_OfAnOptimizerBuiltInsideOfAScope_FreesItsState()
    {
        using var model = Tiny();
        var before = LiveTensors;
        Optimizer optimizer;
        using (NewDisposeScope())
        {
            optimizer = Optimizer.Create(model, new OptimizerOptions { Kind = OptimizerKind.AdamW });
        }

        Run(model, optimizer, from: 0, count: 2);
        optimizer.ZeroGradients();
        optimizer.Dispose();

        Assert.Equal(before, LiveTensors);
    }

    /// <summary>The loss w^2 + b^2, whose gradients are 2 w and 2 b, starting from w = 1 and b = -0.5.</summary>
    private static void AssertAfterSteps(OptimizerOptions options, double weight, double bias)
    {
        foreach (var device in Devices.All)
        {
            using var scope = NewDisposeScope();
            using var model = Linear(1, 1).to(device);
            using (no_grad())
            {
                model.weight.fill_(1f);
                model.bias!.fill_(-0.5f);
            }

            using var optimizer = Optimizer.Create(model, options);
            for (var step = 0; step < Rates.Length; step++)
            {
                optimizer.ZeroGradients();
                (model.weight.square().sum() + model.bias.square().sum()).backward();
                optimizer.Step(Rates[step], step);
            }

            Assert.Equal(weight, Values(model.weight)[0], 1e-6);
            Assert.Equal(bias, Values(model.bias)[0], 1e-6);
        }
    }

    private static FCN8s Tiny() =>
        FCN8s.From(FilledNetwork.Create(EveryNetwork.Tiny(FcnVariant.Fcn8s, batchNorm: true)), new FcnLearningOptions { Dropout = 0 });

    private static void Run(FCN8s model, Optimizer optimizer, long from, int count)
    {
        model.train();
        for (var step = from; step < from + count; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.ZeroGradients();
            Loss(model).backward();
            optimizer.ClipGradients(1);
            optimizer.Step(1e-3, step);
        }
    }

    private static Tensor Loss(FCN8s model)
    {
        var images = tensor(GoldenFill.Values("x", 2 * 3 * 32 * 32, 1), [2, 3, 32, 32]);
        return functional.cross_entropy(model.call(images), zeros(2, 32, 32, dtype: ScalarType.Int64));
    }

    private static float[] Values(Tensor tensor) => TensorValues.Floats(tensor);
}
