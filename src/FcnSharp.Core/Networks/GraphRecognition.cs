using FcnSharp.Networks.Graphs;

namespace FcnSharp.Networks;

/// <summary>Recognises one of this library's networks in a graph, whatever the names of its operations.</summary>
internal static class GraphRecognition
{
    private const int VggStages = 5;
    private const int OriginalFc6Kernel = 7;

    /// <summary>The options of the network, and a map from the operations of the given graph to those of the network; null if the graph is
    /// not one of this library's networks.</summary>
    public static (NetworkOptions Options, IReadOnlyDictionary<GraphNode, GraphNode> Ours)? Find(NetworkGraph graph)
    {
        try
        {
            return Guess(graph) is { } options && Matched(graph, options.ToGraph()) is { } ours ? (options, ours) : null;
        }
        catch (ArgumentException)
        {
            // The guessed options are not valid.
            return null;
        }
    }

    /// <summary>Guesses the options from the numbers of operations and channels; <see cref="Matched"/> verifies them.</summary>
    private static NetworkOptions? Guess(NetworkGraph graph)
    {
        var isResNet = graph.Nodes.Any(node => node is AddNode { Relu: true });
        TrunkOptions? trunk = isResNet ? ResNet(graph) : Vgg(graph);
        if (trunk is null || graph.Output is ResizeNode)
        {
            return trunk is null ? null : new DilatedFcnOptions { NumClasses = graph.Output.Channels, Trunk = trunk };
        }

        return new FcnOptions
        {
            Variant = graph.Upsamplers.Count() switch
            {
                1 => FcnVariant.Fcn32s,
                2 => FcnVariant.Fcn16s,
                3 => FcnVariant.Fcn8s,
                _ => FcnVariant.Fcn4s,
            },
            Layout = graph.Nodes.Any(node => node is ConvolutionNode { Kernel: OriginalFc6Kernel, Stride: 1 })
                ? FcnLayout.Original
                : FcnLayout.Compact,
            AtOnce = graph.Nodes.Any(node => node is ScaleNode),
            NumClasses = graph.Output.Channels,
            Trunk = trunk,
        };
    }

    private static ResNetTrunkOptions? ResNet(NetworkGraph graph)
    {
        var stem = graph.Nodes.OfType<ConvolutionNode>().First();
        var stages = graph.Nodes.OfType<AddNode>().Where(sum => sum.Relu).CountBy(sum => sum.Channels).ToArray();
        return stages is not [var first, var second, var third, var fourth]
            ? null
            : new ResNetTrunkOptions
            {
                Block = first.Key == stem.Channels ? ResNetBlock.Basic : ResNetBlock.Bottleneck,
                Blocks = new ResNetBlocks(first.Value, second.Value, third.Value, fourth.Value),
                Width = stem.Channels,
                BatchNorm = stem.Norm is not null,
            };
    }

    private static VggTrunkOptions? Vgg(NetworkGraph graph)
    {
        var pools = graph.Nodes.OfType<MaxPoolNode>().ToArray();
        var head = graph.Nodes.OfType<ConvolutionNode>().FirstOrDefault(layer => layer.Input == pools.LastOrDefault());
        return pools.Length != VggStages || head is null
            ? null
            : new VggTrunkOptions
            {
                Widths = new VggWidths
                {
                    Stage1 = pools[0].Channels,
                    Stage2 = pools[1].Channels,
                    Stage3 = pools[2].Channels,
                    Stage4 = pools[3].Channels,
                    Stage5 = pools[4].Channels,
                    Head = head.Channels,
                },
                BatchNorm = head.Norm is not null,
            };
    }

    /// <summary>Walks both graphs from the scores to the picture; null if they differ.</summary>
    private static Dictionary<GraphNode, GraphNode>? Matched(NetworkGraph graph, NetworkGraph named)
    {
        var ours = new Dictionary<GraphNode, GraphNode>();
        var open = new Stack<(GraphNode Given, GraphNode Ours)>([(graph.Output, named.Output)]);
        while (open.TryPop(out var pair))
        {
            if (ours.TryGetValue(pair.Given, out var known))
            {
                if (known != pair.Ours)
                {
                    return null;
                }

                continue;
            }

            if (!IsSameOperation(pair.Given, pair.Ours))
            {
                return null;
            }

            ours.Add(pair.Given, pair.Ours);
            var inputs = Ordered(pair.Given, pair.Ours);
            for (var i = 0; i < inputs.Length; i++)
            {
                open.Push((inputs[i], pair.Ours.Inputs[i]));
            }
        }

        return ours;
    }

    /// <summary>The inputs in the order of ours: the operands of a sum may be swapped.</summary>
    private static GraphNode[] Ordered(GraphNode given, GraphNode ours) =>
        given is AddNode && !IsAlike(given.Inputs[0], ours.Inputs[0]) && IsAlike(given.Inputs[1], ours.Inputs[0])
            ? [given.Inputs[1], given.Inputs[0]]
            : [.. given.Inputs];

    private static bool IsAlike(GraphNode given, GraphNode ours) =>
        IsSameOperation(given, ours) && (given is ImageNode || IsSameOperation(given.Inputs[0], ours.Inputs[0]));

    private static bool IsSameOperation(GraphNode given, GraphNode ours) =>
        given.GetType() == ours.GetType()
        && given.Channels == ours.Channels
        && given.On(ours.Inputs.AsSpan()).Description == ours.Description
        && given.Tensors.Count() == ours.Tensors.Count();
}
