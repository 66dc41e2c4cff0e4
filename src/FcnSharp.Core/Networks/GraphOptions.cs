using FcnSharp.Networks.Graphs;
using FcnSharp.Support;

namespace FcnSharp.Networks;

/// <summary>
/// A network that is none of the named ones, such as one from an ONNX file: its graph says what it is. <c>CpuEngine</c> runs it and
/// <c>OnnxExporter</c> writes it; there is no TorchSharp module for it, and no model file. Immutable.
/// </summary>
public sealed record GraphOptions : NetworkOptions
{
    /// <summary>Takes a graph whose result has a channel for each class.</summary>
    /// <param name="graph">The network.</param>
    /// <exception cref="ArgumentOutOfRangeException">The result has fewer than 2 or more than 255 channels.</exception>
    public GraphOptions(NetworkGraph graph)
    {
        Graph = Guard.NotNull(graph);
        NumClasses = graph.Output.Channels;
        Trunk = new GraphTrunkOptions { BatchNorm = graph.Nodes.Any(node => node is ConvolutionNode { Norm: not null }) };
    }

    /// <summary>The network.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>Says only whether the network is batch-normalised.</summary>
    public override TrunkOptions Trunk { get; init; }

    /// <inheritdoc/>
    public override NetworkGraph ToGraph()
    {
        Validate();
        return Graph;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        if (NumClasses != Graph.Output.Channels || Trunk is not GraphTrunkOptions)
        {
            throw new ArgumentException(
                $"The graph has {Graph.Output.Channels} classes and a trunk of its own. Leave {nameof(NumClasses)} and {nameof(Trunk)} " +
                "as they are, or make another graph.");
        }
    }

    /// <inheritdoc/>
    public override string Kind => "graph";

    internal override NetworkOptions WithoutBatchNorm(NetworkGraph folded) => new GraphOptions(folded);
}

/// <summary>Of a network that is known by its graph alone.</summary>
internal sealed record GraphTrunkOptions : TrunkOptions
{
    public override bool BatchNorm { get; init; }
}
