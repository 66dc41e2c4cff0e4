using FcnSharp.Support;

namespace FcnSharp.Networks.Graphs;

/// <summary>A map times a constant.</summary>
/// <param name="name">Name of the operation, unique in the graph.</param>
/// <param name="input">What it reads.</param>
/// <param name="factor">The factor; finite.</param>
public sealed class ScaleNode(string name, GraphNode input, float factor) : GraphNode(name, Guard.NotNull(input).Channels, input)
{
    /// <summary>What every value is multiplied by.</summary>
    public float Factor { get; } = float.IsFinite(factor)
        ? factor
        : throw new ArgumentOutOfRangeException(nameof(factor), factor, "A map is scaled by a finite number.");

    /// <inheritdoc/>
    public override string Description => Guard.Text($"times {Factor}");

    internal override long OutputSize(Func<GraphNode, long> sizeOf) => sizeOf(Inputs[0]);

    internal override GraphNode On(ReadOnlySpan<GraphNode> inputs) => new ScaleNode(Name, inputs[0], Factor);

    internal override CellGrid Grid(Func<GraphNode, CellGrid> gridOf) => gridOf(Inputs[0]);
}
