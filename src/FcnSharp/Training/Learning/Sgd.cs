using TorchSharp;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Learning;

/// <summary>
/// Stochastic gradient descent with momentum, in PyTorch's form: v = momentum * v + gradient + decay * weight; weight -= rate * v.
/// Caffe includes the rate in v, which is equivalent as long as the rate is constant.
/// </summary>
internal sealed class Sgd(Module module, OptimizerOptions options) : Optimizer(module, options, Velocity)
{
    private const string Velocity = "velocity";

    private static readonly Scalar Once = 1f;

    protected override void Step(ParameterGroup group, double learningRate, long step)
    {
        using Scalar momentum = Options.Momentum;
        using Scalar decay = group.WeightDecay;
        using Scalar descent = -learningRate;
        foreach (var (name, weight) in group.Parameters)
        {
            if (weight.grad is not { } gradient)
            {
                continue;
            }

            var velocity = Memory(Velocity, name);
            velocity.mul_(momentum).add_(gradient, Once);
            if (group.WeightDecay > 0)
            {
                velocity.add_(weight, decay);
            }

            weight.add_(velocity, descent);
        }
    }
}
