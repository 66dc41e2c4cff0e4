using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Networks.Graphs;

/// <summary>A transposed convolution with a square kernel, which upsamples a map by its stride.</summary>
/// <param name="name">Prefix of its tensors: <c>name.weight</c> and, where it has one, <c>name.bias</c>.</param>
/// <param name="input">What it reads.</param>
/// <param name="channels">Channels of its output; at least 1.</param>
/// <param name="kernel">Side of the kernel, in cells of the output; at least 1.</param>
/// <param name="stride">How many times the map grows; at least 1.</param>
public sealed class TransposedConvolutionNode(string name, GraphNode input, int channels, int kernel, int stride)
    : GraphNode(name, channels, input)
{
    /// <summary>Side of the kernel, in cells of the output.</summary>
    public int Kernel { get; } = Guard.AtLeast(kernel, 1, nameof(kernel), "Give the side of the kernel.");

    /// <summary>How many times the map grows.</summary>
    public int Stride { get; } = Guard.AtLeast(stride, 1, nameof(stride), "Use 1 to keep the size.");

    /// <summary>Cells trimmed from each side of the output; at least 0. The default is 0.</summary>
    public int Padding { get; init => field = Guard.AtLeast(value, 0, nameof(Padding), "Use 0 for none."); }

    /// <summary>Whether it adds a bias. The default is true.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>The input map.</summary>
    public GraphNode Input => Inputs[0];

    /// <summary>Name of the weight, shaped (Input.Channels, Channels, Kernel, Kernel).</summary>
    public string Weight => $"{Name}.weight";

    /// <summary>Name of the bias, shaped (Channels).</summary>
    public string Bias => $"{Name}.bias";

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Tensors =>
    [
        new(Weight, [Input.Channels, Channels, Kernel, Kernel]),
        .. HasBias ? [new TensorSpec(Bias, [Channels])] : Array.Empty<TensorSpec>(),
    ];

    /// <inheritdoc/>
    public override string Description =>
        $"transposed convolution {Kernel}x{Kernel}, stride {Stride}" + (Padding > 0 ? $", padding {Padding}" : "");

    internal override long OutputSize(Func<GraphNode, long> sizeOf) => ((sizeOf(Input) - 1) * Stride) + Kernel - (2 * Padding);

    internal override GraphNode On(ReadOnlySpan<GraphNode> inputs) =>
        new TransposedConvolutionNode(Name, inputs[0], Channels, Kernel, Stride) { Padding = Padding, HasBias = HasBias };

    /// <summary>Output cell j reads input cells i with i * Stride between j + Padding - (Kernel - 1) and j + Padding.</summary>
    internal override CellGrid Grid(Func<GraphNode, CellGrid> gridOf)
    {
        var grid = gridOf(Input);
        var pixels = grid.Stride / Stride;
        return new CellGrid(pixels, grid.First + ((Padding - Kernel + 1) * pixels), grid.Last + (Padding * pixels));
    }
}
