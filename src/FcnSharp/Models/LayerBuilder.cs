using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
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
    private const int Stages = 5;

    private readonly Dictionary<string, LayerGroup> groups = new(StringComparer.Ordinal);
    private readonly FcnLearningOptions learning = learning ?? new FcnLearningOptions();
    private readonly NetworkGraph graph = options.ToGraph();

    /// <summary>The five stages, fc6 and fc7.</summary>
    public VggTrunk Trunk() => new()
    {
        Stages = [.. Enumerable.Range(1, Stages).Select(Stage)],
        Fc6 = Rectified((ConvolutionNode)graph["fc6.0"]),
        Dropout6 = Dropout("fc6.2"),
        Fc7 = Rectified((ConvolutionNode)graph["fc7.0"]),
        Dropout7 = Dropout("fc7.2"),
        ScaleSkips = options.AtOnce,
    };

    /// <summary>A layer of class scores; it starts at zero.</summary>
    public Conv2d Score(string name)
    {
        using var scope = NewDisposeScope();
        var node = (ConvolutionNode)graph[name];
        var layer = Conv2d(node.Input.Channels, node.Channels, kernel_size: node.Kernel, padding: node.Padding);
        Initialization.Zero(layer.weight);
        Initialization.Zero(layer.bias);

        Register(name, layer);
        return layer;
    }

    /// <summary>A transposed convolution; it starts bilinear, and stays so unless upsampling is learned.</summary>
    public ConvTranspose2d Upsampling(string name)
    {
        using var scope = NewDisposeScope();
        var node = (TransposedConvolutionNode)graph[name];
        var layer = ConvTranspose2d(node.Input.Channels, node.Channels, node.Kernel, node.Stride, node.Padding, bias: node.HasBias);
        Initialization.Bilinear(layer.weight);
        Initialization.Zero(layer.bias);

        var learns = learning.LearnUpsampling ?? options.Layout == FcnLayout.Compact;
        foreach (var parameter in layer.parameters())
        {
            parameter.requires_grad = learns;
        }

        Register(name, layer);
        return layer;
    }

    private RectifiedConvolution[] Stage(int number) =>
    [
        .. graph.Nodes.OfType<ConvolutionNode>()
            .Where(node => node.Name.StartsWith($"conv{number}.", StringComparison.Ordinal)).Select(Rectified),
    ];

    private RectifiedConvolution Rectified(ConvolutionNode node)
    {
        using var scope = NewDisposeScope();
        var layer = new RectifiedConvolution(node);
        Register(node.Name, layer);
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

/// <summary>Gives its layers a common prefix in the state dict: <c>conv1</c> holds <c>conv1.0</c> and <c>conv1.2</c>.</summary>
internal sealed class LayerGroup(string name) : Module(name);
