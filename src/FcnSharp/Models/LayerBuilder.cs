using FcnSharp.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>Builds the layers of a network, fills them for training, and registers them in it under the names of the state dict.</summary>
/// <param name="network">The module that gets the layers.</param>
/// <param name="options">What it is built from.</param>
/// <param name="learning">How it learns; null means the defaults.</param>
internal sealed class LayerBuilder(Module network, FcnOptions options, FcnLearningOptions? learning)
{
    private readonly Dictionary<string, LayerGroup> groups = new(StringComparer.Ordinal);
    private readonly FcnLearningOptions learning = learning ?? new FcnLearningOptions();

    /// <summary>The five stages, fc6 and fc7.</summary>
    public VggTrunk Trunk(FcnArchitecture architecture) => new()
    {
        Stages = [.. architecture.Stages.Select(stage => stage.Select(Rectified).ToArray())],
        Fc6 = Rectified(architecture.Fc6),
        Dropout6 = Dropout("fc6.2"),
        Fc7 = Rectified(architecture.Fc7),
        Dropout7 = Dropout("fc7.2"),
        ScaleSkips = options.AtOnce,
    };

    /// <summary>A layer of class scores; it starts at zero.</summary>
    public Conv2d Score(ConvolutionSpec spec)
    {
        using var scope = NewDisposeScope();
        var layer = Conv2d(spec.InChannels, spec.OutChannels, kernel_size: spec.Kernel, padding: spec.Padding);
        Initialization.Zero(layer.weight);
        Initialization.Zero(layer.bias);

        Register(spec.Name, layer);
        return layer;
    }

    /// <summary>A transposed convolution; it starts bilinear, and stays so unless upsampling is learned.</summary>
    public ConvTranspose2d Upsampling(UpsamplingSpec spec)
    {
        using var scope = NewDisposeScope();
        var layer = ConvTranspose2d(spec.Channels, spec.Channels, spec.Kernel, spec.Stride, spec.Padding, bias: spec.HasBias);
        Initialization.Bilinear(layer.weight);
        Initialization.Zero(layer.bias);

        var learns = learning.LearnUpsampling ?? options.Layout == FcnLayout.Compact;
        foreach (var parameter in layer.parameters())
        {
            parameter.requires_grad = learns;
        }

        Register(spec.Name, layer);
        return layer;
    }

    private RectifiedConvolution Rectified(ConvolutionSpec spec)
    {
        using var scope = NewDisposeScope();
        var layer = new RectifiedConvolution(spec, options.BatchNorm);
        Register(spec.Name, layer);
        return layer;
    }

    /// <summary>Dropout under the name that it has in the blog post's network; it holds no tensors.</summary>
    private Module<Tensor, Tensor> Dropout(string name)
    {
        var kind = learning.DropoutKind ?? (options.Layout == FcnLayout.Compact ? DropoutKind.Channel : DropoutKind.Element);
        Module<Tensor, Tensor> layer = kind == DropoutKind.Channel ? Dropout2d(learning.Dropout) : nn.Dropout(learning.Dropout);
        Register(name, layer);
        return layer;
    }

    /// <summary>Layer <c>fc8</c> goes into the network, layer <c>conv1.0</c> as <c>0</c> into its group <c>conv1</c>.</summary>
    private void Register(string name, Module layer)
    {
        // They live as long as the module, also when it is built inside of a dispose scope.
        foreach (var tensor in layer.state_dict().Values)
        {
            tensor.DetachFromDisposeScope();
        }

        if (name.Split('.') is not [var prefix, var position])
        {
            network.register_module(name, layer);
            return;
        }

        if (!groups.TryGetValue(prefix, out var group))
        {
            groups.Add(prefix, group = new LayerGroup(prefix));
            network.register_module(prefix, group);
        }

        group.register_module(position, layer);
    }
}
