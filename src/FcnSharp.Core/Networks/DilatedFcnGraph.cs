using FcnSharp.Networks.Graphs;

namespace FcnSharp.Networks;

/// <summary>The graph of torchvision's FCN.</summary>
internal static class DilatedFcnGraph
{
    /// <summary>Name of the score layer.</summary>
    public const string Scores = "classifier.4";

    public static NetworkGraph Of(DilatedFcnOptions options)
    {
        var image = new ImageNode();
        var features = ResNetTrunkGraph.Of((ResNetTrunkOptions)options.Trunk, image, isDilated: true).Stride32;             // stride 8
        var scores = options.Head("classifier", features);
        return new NetworkGraph(new ResizeNode("scores", scores, image));                                                   // 8 -> 1
    }
}
