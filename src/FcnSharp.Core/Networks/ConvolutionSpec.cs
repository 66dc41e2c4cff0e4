namespace FcnSharp.Networks;

/// <summary>A convolution of stride 1: its name in a state dict and its size.</summary>
/// <param name="Name">Prefix of its tensors: <c>Name.weight</c> and <c>Name.bias</c>.</param>
/// <param name="InChannels">Channels read.</param>
/// <param name="OutChannels">Channels written.</param>
/// <param name="Kernel">Side of the square kernel, in cells.</param>
/// <param name="Padding">Zero cells added on each side.</param>
public sealed record ConvolutionSpec(string Name, int InChannels, int OutChannels, int Kernel, int Padding)
{
    /// <summary>Name of the weight, shaped (OutChannels, InChannels, Kernel, Kernel).</summary>
    public string Weight => $"{Name}.weight";

    /// <summary>Name of the bias, shaped (OutChannels).</summary>
    public string Bias => $"{Name}.bias";

    /// <summary>Prefix of its batch normalisation, in networks that have one: <c>conv1.0.bn</c>.</summary>
    public string BatchNorm => $"{Name}.bn";

    /// <summary>Rows (or columns) of the output for those of an input, in cells.</summary>
    public int OutputSize(int inputSize) => inputSize + (2 * Padding) - (Kernel - 1);
}
