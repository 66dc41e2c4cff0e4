using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>A convolution, its batch normalisation where the network has one, and a ReLU.</summary>
internal sealed class RectifiedConvolution(Conv2d convolution, BatchNorm2d? normalization)
{
    public Tensor Run(Tensor map)
    {
        var convolved = convolution.call(map);
        return (normalization?.call(convolved) ?? convolved).relu_();
    }
}
