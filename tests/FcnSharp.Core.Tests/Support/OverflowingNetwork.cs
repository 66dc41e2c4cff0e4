using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Tests.Support;

/// <summary>Networks of three classes whose scores overflow where a picture is red, and pictures with one red square.</summary>
internal static class OverflowingNetwork
{
    private const int Classes = 3;

    /// <summary>The finest scores are 1e40 for class 1, so that all classes are NaN or infinite around them.</summary>
    public static FcnNetwork InTheScores(FcnVariant variant = FcnVariant.Fcn8s, FcnLayout layout = FcnLayout.Compact) =>
        Create(variant, layout, scoreWeight: 1e30f, upsamplerFactor: 1);

    /// <summary>The last upsampler multiplies scores of 1e30 by -1e10, so that class 1 is minus infinity and the others are zero.</summary>
    public static FcnNetwork InTheLastUpsampler(FcnVariant variant = FcnVariant.Fcn8s, FcnLayout layout = FcnLayout.Compact) =>
        Create(variant, layout, scoreWeight: 1e20f, upsamplerFactor: -1e10f);

    /// <summary>Black, with a red square of 8 pixels.</summary>
    public static RgbImage RedSquare(int width, int height, int left, int top)
    {
        var pixels = new byte[3 * width * height];
        for (var y = top; y < top + 8; y++)
        {
            for (var x = left; x < left + 8; x++)
            {
                pixels[3 * ((y * width) + x)] = byte.MaxValue;
            }
        }

        return new RgbImage(pixels, width, height);
    }

    /// <summary>Red is passed on as 1e10 by the middle tap of the first channel of every layer.</summary>
    private static FcnNetwork Create(FcnVariant variant, FcnLayout layout, float scoreWeight, float upsamplerFactor)
    {
        var options = new FcnOptions { Variant = variant, Layout = layout, NumClasses = Classes, Trunk = FilledNetwork.TinyTrunk };
        var graph = options.ToGraph();
        var values = graph.Tensors
            .ToDictionary(spec => spec.Name, spec => new float[spec.Shape.Aggregate(1, (count, size) => count * size)]);
        foreach (var layer in graph.Nodes.OfType<ConvolutionNode>().Where(node => node.Relu))
        {
            values[layer.Weight][layer.Kernel * layer.Kernel / 2] = layer.Name == "conv1.0" ? 1e10f : 1;
        }

        var finest = variant switch
        {
            FcnVariant.Fcn4s => "score_2b.0",
            FcnVariant.Fcn8s => "score_3b.0",
            FcnVariant.Fcn16s => "score_4b.0",
            _ => "fc8",
        };
        var score = (ConvolutionNode)graph[finest];
        values[score.Weight][score.Input.Channels] = scoreWeight;

        var last = graph.Upsamplers.Last();
        for (var i = 0; i < last.Kernel * last.Kernel; i++)
        {
            var tap = Tap(i / last.Kernel, last.Stride) * Tap(i % last.Kernel, last.Stride);
            values[last.Weight][((Classes + 1) * last.Kernel * last.Kernel) + i] = upsamplerFactor * tap;
        }

        return new FcnNetwork(
            options,
            graph.Tensors.Select(spec => new NamedTensor(spec.Name, spec.Shape, values[spec.Name])),
            new ModelCard { Normalization = FilledNetwork.Unscaled });
    }

    private static float Tap(int index, int stride) => 1 - (Math.Abs(index - (stride - 0.5f)) / stride);
}
