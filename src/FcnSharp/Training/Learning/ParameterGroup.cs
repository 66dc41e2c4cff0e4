using FcnSharp.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Learning;

/// <summary>Parameters with the same learning rate and weight decay.</summary>
/// <param name="RateFactor">Factor of the learning rate.</param>
/// <param name="WeightDecay">The weight decay.</param>
/// <param name="Parameters">The parameters, which require a gradient, with their names in the state dict.</param>
internal sealed record ParameterGroup(double RateFactor, double WeightDecay, IReadOnlyList<(string Name, Parameter Value)> Parameters)
{
    /// <summary>
    /// The groups of a module: the weights of layers; their biases, which have twice the learning rate and no weight decay in the authors'
    /// Caffe networks (lr_mult and decay_mult); and scale and shift of batch normalisation, which have no weight decay; each separately for
    /// the trunk and the other layers. Frozen parameters are in no group.
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

    /// <summary>A weight has several dimensions; a layer without such a weight is a normalisation.</summary>
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
