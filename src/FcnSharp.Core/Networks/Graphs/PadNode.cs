using FcnSharp.Support;

namespace FcnSharp.Networks.Graphs;

/// <summary>A map with zeros added to the right and below, up to multiples of a number of cells.</summary>
/// <param name="name">Name of the operation, unique in the graph.</param>
/// <param name="input">What it reads.</param>
/// <param name="multiple">What height and width become multiples of, in cells; at least 1.</param>
public sealed class PadNode(string name, GraphNode input, int multiple) : GraphNode(name, Guard.NotNull(input).Channels, input)
{
    /// <summary>What height and width become multiples of, in cells.</summary>
    public int Multiple { get; } = Guard.AtLeast(multiple, 1, nameof(multiple), "Use 1 for no padding.");

    /// <inheritdoc/>
    public override string Description => $"zeros to a multiple of {Multiple}";

    internal override long OutputSize(Func<GraphNode, long> sizeOf) => (sizeOf(Inputs[0]) + Multiple - 1) / Multiple * Multiple;

    internal override GraphNode On(ReadOnlySpan<GraphNode> inputs) => new PadNode(Name, inputs[0], Multiple);

    internal override CellGrid Grid(Func<GraphNode, CellGrid> gridOf) => gridOf(Inputs[0]);
}
