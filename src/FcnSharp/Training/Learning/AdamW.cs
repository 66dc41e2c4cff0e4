using TorchSharp;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Learning;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2; PyTorch's form, where the decay is multiplied by the rate).
/// In step t, from 1: weight *= 1 - rate * decay; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
/// weight -= rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon).
/// </summary>
internal sealed class AdamW(Module module, OptimizerOptions options) : Optimizer(module, options, Mean, Square)
{
    private const string Mean = "mean";
    private const string Square = "square";

    private static readonly Scalar Once = 1f;

    protected override void Step(ParameterGroup group, double learningRate, long step)
    {
        // The bias corrections of m and v are moved out of the root, which saves a pass over every parameter.
        var meanCorrection = 1 - Math.Pow(Options.Beta1, step + 1);
        var rootCorrection = Math.Sqrt(1 - Math.Pow(Options.Beta2, step + 1));

        using Scalar kept = 1 - (learningRate * group.WeightDecay);
        using Scalar beta1 = Options.Beta1;
        using Scalar beta2 = Options.Beta2;
        using Scalar rest1 = 1 - Options.Beta1;
        using Scalar rest2 = 1 - Options.Beta2;
        using Scalar epsilon = Options.Epsilon * rootCorrection;
        using Scalar descent = -learningRate * rootCorrection / meanCorrection;
        foreach (var (name, weight) in group.Parameters)
        {
            if (weight.grad is not { } gradient)
            {
                continue;
            }

            if (group.WeightDecay > 0)
            {
                weight.mul_(kept);
            }

            var mean = Memory(Mean, name).mul_(beta1).add_(gradient, rest1);
            var square = Memory(Square, name).mul_(beta2).addcmul_(gradient, gradient, rest2);
            weight.addcdiv_(mean, square.sqrt().add_(epsilon, Once), descent);
        }
    }
}
