namespace FcnSharp.Networks.Graphs;

/// <summary>The picture: (N, 3, H, W), RGB, normalised. Every graph begins with one.</summary>
public sealed class ImageNode() : GraphNode("image", channels: 3)
{
    /// <inheritdoc/>
    public override string Description => "picture";

    internal override long OutputSize(Func<GraphNode, long> sizeOf) => sizeOf(this);

    internal override GraphNode On(ReadOnlySpan<GraphNode> inputs) => this;

    internal override CellGrid Grid(Func<GraphNode, CellGrid> gridOf) => CellGrid.Picture;
}
