using FcnSharp.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Learning;

/// <summary>Parameters that learn in the same way.</summary>
/// <param name="RateFactor">What the learning rate is multiplied by.</param>
/// <param name="WeightDecay">Their weight decay.</param>
/// <param name="Parameters">Those that require a gradient, with their names in the state dict.</param>
internal sealed record ParameterGroup(double RateFactor, double WeightDecay, IReadOnlyList<(string Name, Parameter Value)> Parameters)
{
    /// <summary>
    /// The weights of layers; their biases, which learn twice as fast and do not decay in the authors' Caffe networks (lr_mult and
    /// decay_mult); and scale and shift of batch normalisation, which do not decay; each of these first in the trunk, then behind it.
    /// Parameters that do not learn are in no group.
    /// </summary>
    public static IReadOnlyList<ParameterGroup> Of(Module module, OptimizerOptions options)
    {
        var all = module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter, StringComparer.Ordinal);
        var learned = all.Where(entry => entry.Value.requires_grad)
            .ToLookup(entry => (RoleOf(entry.Key, all), TrunkOptions.IsTrunkTensor(entry.Key)), entry => (entry.Key, entry.Value));
        return
        [
            .. Groups(Role.Weight, 1, options.WeightDecay),
            .. Groups(Role.Bias, options.BiasRateFactor, options.DecayBiases ? options.WeightDecay : 0),
            .. Groups(Role.Normalization, 1, 0),
        ];

        IEnumerable<ParameterGroup> Groups(Role role, double rateFactor, double weightDecay) =>
        [
            new(rateFactor * options.TrunkRateFactor, weightDecay, [.. learned[(role, true)]]),
            new(rateFactor, weightDecay, [.. learned[(role, false)]]),
        ];
    }

    /// <summary>Weights have several dimensions; layers without such a weight normalise.</summary>
    private static Role RoleOf(string name, Dictionary<string, Parameter> all)
    {
        if (all[name].dim() > 1)
        {
            return Role.Weight;
        }

        var layer = name[..(name.LastIndexOf('.') + 1)];
        return all.TryGetValue(layer + "weight", out var weight) && weight.dim() > 1 ? Role.Bias : Role.Normalization;
    }

    private enum Role
    {
        Weight,
        Bias,
        Normalization,
    }
}
