using FcnSharp.Networks.Graphs;
using FcnSharp.Support;

namespace FcnSharp.Networks;

/// <summary>
/// A network that only its graph describes, such as one from an ONNX file. <c>CpuEngine</c> runs it and <c>OnnxExporter</c> writes it;
/// it has no TorchSharp module and no model file. Immutable.
/// </summary>
public sealed record GraphOptions : NetworkOptions
{
    /// <summary>Creates the options of a graph whose output has one channel for each class.</summary>
    /// <param name="graph">The network.</param>
    /// <exception cref="ArgumentOutOfRangeException">The output has fewer than 2 or more than 255 channels.</exception>
    public GraphOptions(NetworkGraph graph)
    {
        Graph = Guard.NotNull(graph);
        NumClasses = graph.Output.Channels;
        Trunk = new GraphTrunkOptions { BatchNorm = graph.Nodes.Any(node => node is ConvolutionNode { Norm: not null }) };
    }

    /// <summary>The network.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>States only whether the network has batch normalisation.</summary>
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
                $"The graph fixes its {Graph.Output.Channels} classes and its trunk. Do not change {nameof(NumClasses)} and " +
                $"{nameof(Trunk)}; make another graph instead.");
        }
    }

    /// <inheritdoc/>
    public override string Kind => "graph";

    internal override NetworkOptions WithoutBatchNorm(NetworkGraph folded) => new GraphOptions(folded);
}

/// <summary>The trunk of a network that only its graph describes.</summary>
internal sealed record GraphTrunkOptions : TrunkOptions
{
    public override bool BatchNorm { get; init; }
}
