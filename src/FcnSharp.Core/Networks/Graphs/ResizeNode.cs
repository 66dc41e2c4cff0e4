using FcnSharp.Support;

namespace FcnSharp.Networks.Graphs;

/// <summary>A map resized bilinearly to the height and width of another, with half-pixel centres (PyTorch's interpolate with
/// align_corners = false).</summary>
/// <param name="name">Name of the operation, unique in the graph.</param>
/// <param name="input">What it reads.</param>
/// <param name="like">The map whose size it takes.</param>
public sealed class ResizeNode(string name, GraphNode input, GraphNode like)
    : GraphNode(name, Guard.NotNull(input).Channels, input, like)
{
    /// <summary>The input map.</summary>
    public GraphNode Input => Inputs[0];

    /// <summary>The map whose size it takes.</summary>
    public GraphNode Like => Inputs[1];

    /// <inheritdoc/>
    public override string Description => $"bilinear resize to the size of {Like.Name}";

    internal override long OutputSize(Func<GraphNode, long> sizeOf) => sizeOf(Like);

    internal override GraphNode On(ReadOnlySpan<GraphNode> inputs) => new ResizeNode(Name, inputs[0], inputs[1]);

    /// <summary>A cell depends on the two input cells around its position, which shifts by up to a cell if sizes are not
    /// multiples.</summary>
    internal override CellGrid Grid(Func<GraphNode, CellGrid> gridOf)
    {
        var grid = gridOf(Input);
        return new CellGrid(gridOf(Like).Stride, grid.First - (2 * grid.Stride), grid.Last + (2 * grid.Stride));
    }
}
