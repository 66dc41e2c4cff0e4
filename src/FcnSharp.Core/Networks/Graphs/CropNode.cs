using FcnSharp.Support;

namespace FcnSharp.Networks.Graphs;

/// <summary>A part of a map that begins at cell (offset, offset) and has the height and width of another map.</summary>
/// <param name="name">Name of the operation, unique in the graph.</param>
/// <param name="input">The input map: larger than <paramref name="like"/> by at least <paramref name="offset"/>.</param>
/// <param name="offset">Rows and columns to skip, in cells; at least 0.</param>
/// <param name="like">The map whose size it takes.</param>
public sealed class CropNode(string name, GraphNode input, int offset, GraphNode like)
    : GraphNode(name, Guard.NotNull(input).Channels, input, like)
{
    /// <summary>Rows and columns to skip, in cells.</summary>
    public int Offset { get; } = Guard.AtLeast(offset, 0, nameof(offset), "Use 0 for the top left corner.");

    /// <summary>The input map.</summary>
    public GraphNode Input => Inputs[0];

    /// <summary>The map whose size it takes.</summary>
    public GraphNode Like => Inputs[1];

    /// <inheritdoc/>
    public override string Description => $"crop at {Offset} to the size of {Like.Name}";

    internal override long OutputSize(Func<GraphNode, long> sizeOf) =>
        sizeOf(Input) - Offset >= sizeOf(Like)
            ? sizeOf(Like)
            : throw new ArgumentException($"{Name} takes {sizeOf(Like)} cells after the first {Offset} along one axis, but {Input.Name} " +
                $"has {sizeOf(Input)}. Use a smaller offset, or pad the map.");

    internal override GraphNode On(ReadOnlySpan<GraphNode> inputs) => new CropNode(Name, inputs[0], Offset, inputs[1]);

    internal override CellGrid Grid(Func<GraphNode, CellGrid> gridOf) => gridOf(Input).Windows(1, Offset, Offset);
}
