using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>Builds the layers of a network, initialises them for training, and registers them under the names of the state
/// dict.</summary>
/// <param name="network">The module in which the layers are registered.</param>
/// <param name="options">The structure of the network.</param>
/// <param name="learning">Options for training; null means the defaults.</param>
internal sealed class LayerBuilder(Module network, NetworkOptions options, FcnLearningOptions? learning)
{
    private const int VggStages = 5;
    private const int ResNetStages = 4;

    /// <summary>The dropout probability of torchvision's head in training.</summary>
    private const double HeadDropout = 0.1;

    private readonly Dictionary<string, Module> layers = new(StringComparer.Ordinal);
    private readonly FcnLearningOptions learning = learning ?? new FcnLearningOptions();
    private readonly NetworkGraph graph = options.ToGraph();
    private readonly bool isOriginal = options is FcnOptions { Layout: FcnLayout.Original };

    /// <summary>The alignment of the maps of an FCN.</summary>
    public FcnAlignment Alignment => FcnAlignment.Of((FcnOptions)options);

    /// <summary>Builds the trunk.</summary>
    public Trunk Trunk() => options.Trunk is ResNetTrunkOptions ? ResNet() : Vgg();

    /// <summary>Builds a score layer, initialised with zeros.</summary>
    public Conv2d Score(string name) => Score((ConvolutionNode)graph[name]);

    private Conv2d Score(ConvolutionNode node)
    {
        using var scope = NewDisposeScope();
        var layer = Conv2d(node.Input.Channels, node.Channels, kernel_size: node.Kernel, padding: node.Padding);
        Initialization.Zero(layer.weight);
        Initialization.Zero(layer.bias);

        Register(node.Name, layer);
        return layer;
    }

    /// <summary>Builds an upsampling layer, initialised bilinearly and trainable only if upsampling is trained.</summary>
    public ConvTranspose2d Upsampling(string name)
    {
        using var scope = NewDisposeScope();
        var node = (TransposedConvolutionNode)graph[name];
        var layer = ConvTranspose2d(node.Input.Channels, node.Channels, node.Kernel, node.Stride, node.Padding, bias: node.HasBias);
        Initialization.Bilinear(layer.weight);
        Initialization.Zero(layer.bias);

        var learns = learning.LearnUpsampling ?? !isOriginal;
        foreach (var parameter in layer.parameters())
        {
            parameter.requires_grad = learns;
        }

        Register(name, layer);
        return layer;
    }

    /// <summary>Builds torchvision's head on a stage of the trunk.</summary>
    /// <param name="name">Prefix of its tensors.</param>
    /// <param name="stage">The stage, from 1.</param>
    public FcnHead Head(string name, int stage)
    {
        var features = graph.Nodes.OfType<AddNode>()
            .Last(node => node.Name.StartsWith($"backbone.layer{stage}.", StringComparison.Ordinal));
        var scores = ((DilatedFcnOptions)options).Head(name, features);
        return new FcnHead(Normed((ConvolutionNode)scores.Input), Dropped($"{name}.3", nn.Dropout(HeadDropout)), Score(scores));
    }

    private VggTrunk Vgg() => new()
    {
        Stages = [.. Enumerable.Range(1, VggStages).Select(stage => Convolutions($"conv{stage}."))],
        Fc6 = Normed((ConvolutionNode)graph["fc6.0"]),
        Dropout6 = Dropout("fc6.2"),
        Fc7 = Normed((ConvolutionNode)graph["fc7.0"]),
        Dropout7 = Dropout("fc7.2"),
        ScaleSkips = options is FcnOptions { AtOnce: true },
    };

    private ResNetTrunk ResNet() => new()
    {
        Stem = Normed((ConvolutionNode)graph["backbone.conv1"]),
        Stages = [.. Enumerable.Range(1, ResNetStages).Select(stage => Blocks($"backbone.layer{stage}."))],
    };

    private ResidualBlock[] Blocks(string stage) =>
        [.. graph.Nodes.OfType<AddNode>().Where(sum => sum.Name.StartsWith(stage, StringComparison.Ordinal)).Select(Block)];

    private ResidualBlock Block(AddNode sum) =>
        new(Convolutions($"{sum.Name}.conv"), Convolutions($"{sum.Name}.downsample.").SingleOrDefault());

    private NormedConvolution[] Convolutions(string prefix) =>
        [.. graph.Nodes.OfType<ConvolutionNode>().Where(node => node.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(Normed)];

    private NormedConvolution Normed(ConvolutionNode node)
    {
        using var scope = NewDisposeScope();
        var kernel = new Convolution(node);
        Register(node.Name, kernel);
        if (node.Norm is null)
        {
            return new NormedConvolution(kernel, Norm: null, node.Relu);
        }

        var norm = new BatchNormalization(node.Channels, learning.FreezeTrunkNorms);
        Register(node.Norm, norm);
        return new NormedConvolution(kernel, norm, node.Relu);
    }

    /// <summary>Builds dropout, which has no tensors, under its name in the blog post's network.</summary>
    private Module<Tensor, Tensor> Dropout(string name)
    {
        var kind = learning.DropoutKind ?? (isOriginal ? DropoutKind.Element : DropoutKind.Channel);
        return Dropped(name, kind == DropoutKind.Channel ? Dropout2d(learning.Dropout) : nn.Dropout(learning.Dropout));
    }

    private Module<Tensor, Tensor> Dropped(string name, Module<Tensor, Tensor> layer)
    {
        Register(name, layer);
        return layer;
    }

    /// <summary>Registers layer <c>fc8</c> in the network, and layer <c>conv1.0</c> as <c>0</c> in the group <c>conv1</c>, which is created
    /// on demand.</summary>
    private void Register(string name, Module layer)
    {
        // The tensors live as long as the module, even if the module is built inside a dispose scope.
        foreach (var tensor in layer.state_dict().Values)
        {
            tensor.DetachFromDisposeScope();
        }

        Add(name, layer);
    }

    private void Add(string name, Module layer)
    {
        var dot = name.LastIndexOf('.');
        var parent = dot < 0 ? network : At(name[..dot]);
        parent.register_module(name[(dot + 1)..], layer);
        layers.Add(name, layer);
    }

    private Module At(string name)
    {
        if (!layers.ContainsKey(name))
        {
            Add(name, new LayerGroup(name));
        }

        return layers[name];
    }
}

/// <summary>Gives its layers a common prefix in the state dict: <c>conv1</c> contains <c>conv1.0</c> and <c>conv1.2</c>.</summary>
internal sealed class LayerGroup(string name) : Module(name);
