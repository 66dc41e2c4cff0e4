using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Networks.Graphs;

/// <summary>A convolution with a square kernel, with optional batch normalisation and ReLU.</summary>
/// <param name="name">Prefix of its tensors: <c>name.weight</c> and, where it has one, <c>name.bias</c>.</param>
/// <param name="input">What it reads.</param>
/// <param name="channels">Channels of its output; at least 1.</param>
/// <param name="kernel">Side of the kernel, in cells; at least 1.</param>
public sealed class ConvolutionNode(string name, GraphNode input, int channels, int kernel) : GraphNode(name, channels, input)
{
    /// <summary>Side of the kernel, in cells.</summary>
    public int Kernel { get; } = Guard.AtLeast(kernel, 1, nameof(kernel), "Give the side of the kernel.");

    /// <summary>Input cells from one output cell to the next; at least 1. The default is 1.</summary>
    public int Stride { get; init => field = Guard.AtLeast(value, 1, nameof(Stride), "Use 1 for every cell."); } = 1;

    /// <summary>Input cells from one tap of the kernel to the next; at least 1. The default is 1.</summary>
    public int Dilation { get; init => field = Guard.AtLeast(value, 1, nameof(Dilation), "Use 1 for neighbouring cells."); } = 1;

    /// <summary>Zero cells added on each side; at least 0. The default is 0.</summary>
    public int Padding { get; init => field = Guard.AtLeast(value, 0, nameof(Padding), "Use 0 for none."); }

    /// <summary>Whether it adds a bias. The default is true.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Prefix of the tensors of the batch normalisation that follows; null, the default, for none.</summary>
    public string? Norm { get; init; }

    /// <summary>Whether a ReLU follows the convolution and its normalisation. The default is false.</summary>
    public bool Relu { get; init; }

    /// <summary>The input map.</summary>
    public GraphNode Input => Inputs[0];

    /// <summary>Name of the weight, shaped (Channels, Input.Channels, Kernel, Kernel).</summary>
    public string Weight => $"{Name}.weight";

    /// <summary>Name of the bias, shaped (Channels).</summary>
    public string Bias => $"{Name}.bias";

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Tensors
    {
        get
        {
            yield return new TensorSpec(Weight, [Channels, Input.Channels, Kernel, Kernel]);
            if (HasBias)
            {
                yield return new TensorSpec(Bias, [Channels]);
            }

            foreach (var part in Norm is null ? [] : NormTensors)
            {
                yield return new TensorSpec($"{Norm}.{part}", [Channels]);
            }
        }
    }

    /// <inheritdoc/>
    public override string Description =>
        $"convolution {Kernel}x{Kernel}" +
        (Stride > 1 ? $", stride {Stride}" : "") +
        (Dilation > 1 ? $", dilation {Dilation}" : "") +
        (Padding > 0 ? $", padding {Padding}" : "") +
        (Norm is null ? "" : ", batch norm") +
        (Relu ? ", ReLU" : "");

    /// <summary>The tensors of a batch normalisation, in the order of a state dict.</summary>
    internal static IReadOnlyList<string> NormTensors { get; } = ["weight", "bias", "running_mean", "running_var"];

    /// <summary>Cells from the first tap of the kernel to the last.</summary>
    internal int Reach => Dilation * (Kernel - 1);

    internal override long OutputSize(Func<GraphNode, long> sizeOf) =>
        FloorDivide(sizeOf(Input) + (2 * Padding) - Reach - 1, Stride) + 1;

    internal override CellGrid Grid(Func<GraphNode, CellGrid> gridOf) => gridOf(Input).Windows(Stride, -Padding, Reach - Padding);

    internal override GraphNode On(ReadOnlySpan<GraphNode> inputs) => Copy(inputs[0], HasBias, Norm);

    /// <summary>The same operation with its normalisation folded into weight and bias.</summary>
    internal ConvolutionNode Folded(GraphNode input) => Copy(input, hasBias: HasBias || Norm is not null, norm: null);

    private ConvolutionNode Copy(GraphNode input, bool hasBias, string? norm) => new(Name, input, Channels, Kernel)
    {
        Stride = Stride,
        Dilation = Dilation,
        Padding = Padding,
        HasBias = hasBias,
        Norm = norm,
        Relu = Relu,
    };

    private static long FloorDivide(long value, int divisor) => value < 0 ? -1 : value / divisor;
}
