using System.Collections.Immutable;
using FcnSharp.Tensors;

namespace FcnSharp.Networks.Graphs;

/// <summary>One operation of a network, with the operations whose maps it reads. Immutable and thread-safe; equal only to itself.</summary>
/// <remarks>A map is (N, Channels, H, W). Sizes follow PyTorch's rules for the operation of the same name.</remarks>
public abstract class GraphNode
{
    private protected GraphNode(string name, int channels, params ReadOnlySpan<GraphNode> inputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        foreach (var input in inputs)
        {
            ArgumentNullException.ThrowIfNull(input);
        }

        (Name, Channels, Inputs) = (name, channels, [.. inputs]);
    }

    /// <summary>Unique in a graph; the prefix of the operation's tensors in a state dict.</summary>
    public string Name { get; }

    /// <summary>Channels of the output map.</summary>
    public int Channels { get; }

    /// <summary>The operations whose maps it reads, in order.</summary>
    public ImmutableArray<GraphNode> Inputs { get; }

    /// <summary>The tensors of the operation, in the order of a state dict; empty for operations without parameters.</summary>
    public virtual IEnumerable<TensorSpec> Tensors => [];

    /// <summary>A short description without name and inputs: <c>convolution 3x3, padding 1, ReLU</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Rows (or columns) of the output map.</summary>
    /// <param name="sizeOf">Returns the rows (or columns) of an input map, in cells.</param>
    /// <returns>A number of cells; below 1 if an input is too small.</returns>
    internal abstract long OutputSize(Func<GraphNode, long> sizeOf);

    /// <summary>The same operation on other inputs.</summary>
    internal abstract GraphNode On(ReadOnlySpan<GraphNode> inputs);

    /// <summary>The positions and the receptive fields of the output's cells in the picture.</summary>
    /// <param name="gridOf">Returns the grid of an input map.</param>
    internal abstract CellGrid Grid(Func<GraphNode, CellGrid> gridOf);
}
