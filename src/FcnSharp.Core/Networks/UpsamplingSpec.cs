namespace FcnSharp.Networks;

/// <summary>A transposed convolution that enlarges class scores: its name in a state dict and its size. The kernel is twice the
/// stride.</summary>
/// <param name="Name">Prefix of its tensors: <c>Name.weight</c> and, where it has one, <c>Name.bias</c>.</param>
/// <param name="Channels">Channels read and written: the class count.</param>
/// <param name="Stride">How many times the map grows.</param>
/// <param name="Padding">Cells trimmed from each side of the output.</param>
/// <param name="HasBias">Whether it adds a bias.</param>
public sealed record UpsamplingSpec(string Name, int Channels, int Stride, int Padding, bool HasBias)
{
    /// <summary>Side of the square kernel, in cells.</summary>
    public int Kernel => 2 * Stride;

    /// <summary>Name of the weight, shaped (Channels in, Channels out, Kernel, Kernel).</summary>
    public string Weight => $"{Name}.weight";

    /// <summary>Name of the bias, shaped (Channels).</summary>
    public string Bias => $"{Name}.bias";

    /// <summary>Rows (or columns) of the output for those of an input, in cells.</summary>
    public int OutputSize(int inputSize) => ((inputSize - 1) * Stride) + Kernel - (2 * Padding);
}
