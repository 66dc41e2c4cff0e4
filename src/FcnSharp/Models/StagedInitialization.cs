using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>Initialises a network from a trained coarser one (Long, Shelhamer and Darrell, 2015, section 4.2).</summary>
internal static class StagedInitialization
{
    /// <exception cref="ArgumentException">The options differ in more than the variant.</exception>
    public static void Run(FcnModule target, FcnModule coarser)
    {
        var (options, coarserOptions) = ((FcnOptions)target.Options, (FcnOptions)coarser.Options);
        if (coarserOptions with { Variant = options.Variant, AtOnce = options.AtOnce } != options)
        {
            throw new ArgumentException(
                $"The networks differ in more than the variant: {coarserOptions} cannot initialise {options}. Build both from the same " +
                "options.",
                nameof(coarser));
        }

        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var graph = options.ToGraph();
        var (from, to) = (coarser.state_dict(), target.state_dict());

        foreach (var name in graph.Nodes.OfType<ConvolutionNode>().SelectMany(layer => layer.Tensors).Select(spec => spec.Name))
        {
            if (from.TryGetValue(name, out var tensor))
            {
                to[name].copy_(tensor);
            }
        }

        foreach (var layer in graph.LastConvolutions.Where(layer => !from.ContainsKey(layer.Weight)))
        {
            Initialization.Zero(to[layer.Weight]);
            Initialization.Zero(to[layer.Bias]);
        }

        foreach (var layer in graph.Upsamplers)
        {
            Initialization.Bilinear(to[layer.Weight]);
            Initialization.Zero(to.GetValueOrDefault(layer.Bias));
        }
    }
}
