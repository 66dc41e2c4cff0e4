using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Support;

/// <summary>Networks whose weights are filled by <see cref="GoldenFill"/>, so that no output is zero.</summary>
internal static class FilledNetwork
{
    /// <summary>Every layer of the real network, with widths that are no multiples of a vector.</summary>
    public static VggWidths TinyWidths { get; } = new() { Stage1 = 2, Stage2 = 3, Stage3 = 4, Stage4 = 5, Stage5 = 7, Head = 8 };

    /// <summary>A trunk of <see cref="TinyWidths"/>.</summary>
    public static VggTrunkOptions TinyTrunk { get; } = new() { Widths = TinyWidths };

    /// <summary>Normalisation with mean 0 and deviation 1: byte / 255.</summary>
    public static Normalization Unscaled { get; } = new(default, new ChannelValues(1, 1, 1));

    /// <summary>Every valid combination of variant and layout.</summary>
    public static IEnumerable<(FcnVariant Variant, FcnLayout Layout)> VariantsAndLayouts =>
        from variant in Enum.GetValues<FcnVariant>()
        from layout in Enum.GetValues<FcnLayout>()
        where (variant, layout) != (FcnVariant.Fcn4s, FcnLayout.Original)
        select (variant, layout);

    /// <summary>A network of any kind.</summary>
    /// <param name="options">The options of the network.</param>
    /// <param name="names">The names that the fill depends on; null, the default, means those of the state dict.</param>
    public static FcnNetwork Create(NetworkOptions options, NameMap? names = null) =>
        new(options, TensorsOf(options.ToGraph().Nodes, names), new ModelCard { Normalization = Unscaled });

    public static FcnNetwork Tiny(FcnVariant variant = FcnVariant.Fcn8s, FcnLayout layout = FcnLayout.Compact, int classes = 3) =>
        Create(new FcnOptions { Variant = variant, Layout = layout, NumClasses = classes, Trunk = TinyTrunk });

    /// <summary>The tensors of operations.</summary>
    /// <param name="nodes">The operations.</param>
    /// <param name="names">As for <see cref="Create"/>.</param>
    public static IEnumerable<NamedTensor> TensorsOf(IEnumerable<GraphNode> nodes, NameMap? names = null) =>
        from node in nodes
        from spec in node.Tensors
        select new NamedTensor(spec.Name, spec.Shape, Fill(node, spec, names?.ToForeign(spec.Name) ?? spec.Name));

    /// <summary>The tensors of operations by name.</summary>
    public static Func<string, NamedTensor> Lookup(params IEnumerable<GraphNode> nodes)
    {
        var tensors = TensorsOf(nodes).ToDictionary(tensor => tensor.Name);
        return name => tensors[name];
    }

    private static float[] Fill(GraphNode node, TensorSpec spec, string name)
    {
        var count = spec.Shape.Aggregate(1, (product, size) => product * size);

        // Scales around zero would make the scores nearly constant: every picture would give the same result.
        if (node is ConvolutionNode { Norm: { } norm } layer && spec.Name == $"{norm}.weight")
        {
            // The last scale of a residual block is small, since the sums would otherwise grow from block to block.
            var factor = layer.Relu || norm.Contains("downsample", StringComparison.Ordinal) ? 1 : 0.3f;
            return [.. AroundOne(0.25).Select(value => value * factor)];
        }

        if (spec.Name.EndsWith("running_var", StringComparison.Ordinal))
        {
            return AroundOne(0.3);
        }

        if (spec.Shape.Length != 4)
        {
            return GoldenFill.Values(name, count, GoldenFill.BiasAmplitude);
        }

        var area = spec.Shape[2] * spec.Shape[3];
        var fanIn = node is TransposedConvolutionNode { Stride: var stride }
            ? (double)spec.Shape[0] * area / (stride * stride)
            : (double)spec.Shape[1] * area;
        return GoldenFill.Values(name, count, Math.Sqrt(6 / fanIn));

        float[] AroundOne(double amplitude) => [.. GoldenFill.Values(name, count, amplitude).Select(value => 1 + value)];
    }
}
