using FcnSharp.Support;

namespace FcnSharp.Networks.Graphs;

/// <summary>The largest value of each square window, channel by channel.</summary>
/// <param name="name">Name of the operation, unique in the graph.</param>
/// <param name="input">What it reads.</param>
/// <param name="kernel">Side of the window, in cells; at least 1.</param>
/// <param name="stride">Cells from one window to the next; at least 1.</param>
public sealed class MaxPoolNode(string name, GraphNode input, int kernel, int stride)
    : GraphNode(name, Guard.NotNull(input).Channels, input)
{
    /// <summary>Side of the window, in cells.</summary>
    public int Kernel { get; } = Guard.AtLeast(kernel, 1, nameof(kernel), "Give the side of the window.");

    /// <summary>Cells from one window to the next.</summary>
    public int Stride { get; } = Guard.AtLeast(stride, 1, nameof(stride), "Use 1 for every cell.");

    /// <summary>Cells of negative infinity added on each side; at most half the kernel. The default is 0.</summary>
    public int Padding
    {
        get;
        init => field = Guard.InRange(value, 0, Kernel / 2, nameof(Padding), "PyTorch allows half a window.");
    }

    /// <summary>Whether a last window that extends beyond the edge counts (PyTorch's ceil_mode). The default is false.</summary>
    public bool Ceil { get; init; }

    /// <summary>The input map.</summary>
    public GraphNode Input => Inputs[0];

    /// <inheritdoc/>
    public override string Description =>
        $"max pool {Kernel}x{Kernel}, stride {Stride}" + (Padding > 0 ? $", padding {Padding}" : "") + (Ceil ? ", ceil" : "");

    internal override long OutputSize(Func<GraphNode, long> sizeOf)
    {
        var size = sizeOf(Input);
        var room = size + (2 * Padding) - Kernel + (Ceil ? Stride - 1 : 0);
        if (room < 0)
        {
            return 0;
        }

        // A window that would begin beyond the input and its left padding does not count.
        var cells = (room / Stride) + 1;
        return Ceil && (cells - 1) * Stride >= size + Padding ? cells - 1 : cells;
    }

    internal override GraphNode On(ReadOnlySpan<GraphNode> inputs) =>
        new MaxPoolNode(Name, inputs[0], Kernel, Stride) { Padding = Padding, Ceil = Ceil };

    internal override CellGrid Grid(Func<GraphNode, CellGrid> gridOf) =>
        gridOf(Input).Windows(Stride, -Padding, Kernel - 1 - Padding);
}
