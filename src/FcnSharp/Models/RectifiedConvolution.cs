using FcnSharp.Networks.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>A convolution, its batch normalisation where the network has one, and a ReLU.</summary>
/// <remarks>
/// The weight is its own, so that it is called <c>conv1.0.weight</c> whether or not <c>conv1.0.bn</c> comes beside it. It is no
/// Conv2d with a child, because that one leaves its children behind when it is moved to a device (TorchSharp 0.107).
/// </remarks>
internal sealed class RectifiedConvolution : Module<Tensor, Tensor>
{
    private readonly Parameter weight, bias;
    private readonly BatchNormalization? bn;
    private readonly long[] padding;

    public RectifiedConvolution(ConvolutionNode node)
        : base(node.Name)
    {
        weight = Parameter(empty(node.Channels, node.Input.Channels, node.Kernel, node.Kernel));
        bias = Parameter(empty(node.Channels));
        bn = node.Norm is null ? null : new BatchNormalization(node.Channels);
        padding = [node.Padding, node.Padding];

        Initialization.He(weight);
        Initialization.Zero(bias);
        RegisterComponents();
    }

    /// <summary>The rectified map, in the caller's dispose scope.</summary>
    public override Tensor forward(Tensor map)
    {
        var convolved = functional.conv2d(map, weight, bias, padding: padding);
        return (bn?.call(convolved) ?? convolved).relu_();
    }
}
