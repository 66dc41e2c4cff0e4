using FcnSharp.Networks.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>A convolution, initialised for training.</summary>
/// <remarks>
/// Replaces TorchSharp's Conv2d, which does not move its child modules to a device (TorchSharp 0.107): <c>conv1.0.bn</c> is a child
/// of <c>conv1.0</c>.
/// </remarks>
internal sealed class Convolution : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly long[] strides, padding, dilation;

    public Convolution(ConvolutionNode node)
        : base(node.Name)
    {
        weight = Parameter(empty(node.Channels, node.Input.Channels, node.Kernel, node.Kernel));
        bias = node.HasBias ? Parameter(empty(node.Channels)) : null;
        (strides, padding, dilation) = (Twice(node.Stride), Twice(node.Padding), Twice(node.Dilation));

        Initialization.He(weight);
        Initialization.Zero(bias);
        RegisterComponents();

        static long[] Twice(int value) => [value, value];
    }

    /// <summary>The convolved map, in the caller's dispose scope.</summary>
    public override Tensor forward(Tensor map) => functional.conv2d(map, weight, bias, strides, padding, dilation);
}

/// <summary>A convolution with optional batch normalisation and ReLU. Its parts are registered in the network.</summary>
/// <param name="Kernel">The convolution.</param>
/// <param name="Norm">The normalisation; null for none.</param>
/// <param name="IsRectified">Whether a ReLU follows.</param>
internal sealed record NormedConvolution(Convolution Kernel, BatchNormalization? Norm, bool IsRectified)
{
    /// <summary>Computes the output, in the caller's dispose scope.</summary>
    public Tensor Run(Tensor map)
    {
        var convolved = Kernel.call(map);
        var normed = Norm?.call(convolved) ?? convolved;
        return IsRectified ? normed.relu_() : normed;
    }
}
