using FcnSharp.Networks.Graphs;

namespace FcnSharp.Networks;

/// <summary>The graph of torchvision's FCN.</summary>
internal static class DilatedFcnGraph
{
    /// <summary>The layer that scores the classes.</summary>
    public const string Scores = "classifier.4";

    private const int HeadReduction = 4;

    public static NetworkGraph Of(DilatedFcnOptions options)
    {
        var image = new ImageNode();
        var features = ResNetTrunkGraph.Of((ResNetTrunkOptions)options.Trunk, image, isDilated: true).Stride32;             // stride 8
        var scores = Head("classifier", features, options);
        return new NetworkGraph(new ResizeNode("scores", scores, image));                                                   // 8 -> 1
    }

    /// <summary>A 3x3 convolution to a quarter of the channels, and class scores.</summary>
    public static ConvolutionNode Head(string name, GraphNode features, NetworkOptions options)
    {
        var reduced = new ConvolutionNode($"{name}.0", features, features.Channels / HeadReduction, kernel: 3)
        {
            Padding = 1,
            HasBias = !options.Trunk.BatchNorm,
            Norm = options.Trunk.BatchNorm ? $"{name}.1" : null,
            Relu = true,
        };
        return new ConvolutionNode($"{name}.4", reduced, options.NumClasses, kernel: 1);
    }
}
