using FcnSharp.Networks.Graphs;

namespace FcnSharp.Networks;

/// <summary>The graphs of FCN-4s, FCN-8s, FCN-16s and FCN-32s (Long, Shelhamer and Darrell, 2015): scores at stride 32, sharpened by skip
/// connections from strides 16, 8 and 4.</summary>
internal sealed class FcnGraph
{
    private readonly FcnOptions options;
    private readonly FcnAlignment alignment;
    private readonly ImageNode image = new();

    private FcnGraph(FcnOptions options) => (this.options, alignment) = (options, FcnAlignment.Of(options));

    public static NetworkGraph Of(FcnOptions options) => new(new FcnGraph(options).Scores());

    private CropNode Scores()
    {
        GraphNode padded = alignment.SizeMultiple > 1 ? new PadNode("padded", image, alignment.SizeMultiple) : image;
        var (stride4, stride8, stride16, stride32) = Trunk(padded);

        var scores32 = Score("fc8", stride32);
        if (options.Variant == FcnVariant.Fcn32s)
        {
            return AtPicture(Upsample("upscore", scores32, 32));                                          // 32 -> 1
        }

        var coarse = Upsample("upscore", scores32, 2);                                                    // 32 -> 16
        var fused16 = Fuse("fused16", coarse, Score("score_4b.0", Scaled(stride16, FcnOptions.AtOncePool4Scale)), alignment.Pool4Offset);
        if (options.Variant == FcnVariant.Fcn16s)
        {
            return AtPicture(Upsample("upscore_4b", fused16, 16));                                        // 16 -> 1
        }

        var middle = Upsample("upscore_4b", fused16, 2);                                                  // 16 -> 8
        var fused8 = Fuse("fused8", middle, Score("score_3b.0", Scaled(stride8, FcnOptions.AtOncePool3Scale)), alignment.Pool3Offset);
        if (options.Variant == FcnVariant.Fcn8s)
        {
            return AtPicture(Upsample("upscore_3b", fused8, 8));                                          // 8 -> 1
        }

        var fine = Upsample("upscore_3b", fused8, 2);                                                     // 8 -> 4
        var fused4 = Fuse("fused4", fine, Score("score_2b.0", stride4), offset: 0);
        return AtPicture(Upsample("upscore_2b", fused4, 4));                                              // 4 -> 1
    }

    private TrunkGraphFeatures Trunk(GraphNode picture) => options.Trunk switch
    {
        VggTrunkOptions vgg => VggTrunkGraph.Of(vgg, picture, alignment.FirstPadding, options.Layout == FcnLayout.Original ? 7 : 1),
        ResNetTrunkOptions resNet => ResNetTrunkGraph.Of(resNet, picture),
        _ => throw new ArgumentException($"There is no FCN on a trunk of {options.Trunk}."),
    };

    private ConvolutionNode Score(string name, GraphNode features) => new(name, features, options.NumClasses, kernel: 1);

    private TransposedConvolutionNode Upsample(string name, GraphNode scores, int stride) =>
        new(name, scores, options.NumClasses, 2 * stride, stride)
        {
            Padding = alignment.TrimsUpsampling ? stride / 2 : 0,
            HasBias = options.Layout == FcnLayout.Compact,
        };

    private GraphNode Scaled(GraphNode features, float factor) =>
        options.AtOnce ? new ScaleNode($"{features.Name}.scaled", features, factor) : features;

    private static AddNode Fuse(string name, GraphNode coarse, GraphNode skip, int offset) =>
        new(name, coarse, offset > 0 ? new CropNode($"{skip.Name}.cropped", skip, offset, coarse) : skip);

    private CropNode AtPicture(GraphNode scores) => new("scores", scores, alignment.ImageOffset, image);
}

/// <summary>The inputs of the score layers: a trunk's maps by their strides, in pixels.</summary>
internal readonly record struct TrunkGraphFeatures(GraphNode Stride4, GraphNode Stride8, GraphNode Stride16, GraphNode Stride32);
