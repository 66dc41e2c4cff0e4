using FcnSharp.Networks;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Support;

/// <summary>Networks whose weights are filled by <see cref="GoldenFill"/>, so that no output is zero.</summary>
internal static class FilledNetwork
{
    /// <summary>Every layer of the real network, with widths that are no multiples of a vector.</summary>
    public static VggWidths TinyWidths { get; } = new() { Stage1 = 2, Stage2 = 3, Stage3 = 4, Stage4 = 5, Stage5 = 7, Head = 8 };

    /// <summary>An input that takes values as they are: (byte / 255 - 0) / 1.</summary>
    public static Normalization Unscaled { get; } = new(default, new ChannelValues(1, 1, 1));

    /// <summary>A network of any kind.</summary>
    /// <param name="options">What it is built from.</param>
    /// <param name="names">The names that the fill depends on; null, the default, means those of the state dict.</param>
    public static FcnNetwork Create(FcnOptions options, NameMap? names = null)
    {
        var architecture = new FcnArchitecture(options);
        var strides = architecture.Upsamplers.ToDictionary(layer => layer.Weight, layer => layer.Stride);
        var tensors = StateDict.TensorsOf(options).Select(spec =>
        {
            var name = names?.ToForeign(spec.Name) ?? spec.Name;
            var count = spec.Shape.Aggregate(1, (product, size) => product * size);
            return new NetworkTensor(spec.Name, spec.Shape, Fill(spec, name, count));
        });
        return new FcnNetwork(options, tensors, new ModelCard { Normalization = Unscaled });

        float[] Fill(TensorSpec spec, string name, int count)
        {
            // A scale around zero would silence the network: every picture would get the same answer.
            if (spec.Name.EndsWith("bn.weight", StringComparison.Ordinal))
            {
                return AroundOne(name, count, 0.25);
            }

            if (spec.Name.EndsWith("running_var", StringComparison.Ordinal))
            {
                return AroundOne(name, count, 0.3);
            }

            if (spec.Shape.Length != 4)
            {
                return GoldenFill.Values(name, count, GoldenFill.BiasAmplitude);
            }

            var area = spec.Shape[2] * spec.Shape[3];
            var fanIn = strides.TryGetValue(spec.Name, out var stride)
                ? (double)spec.Shape[0] * area / (stride * stride)
                : (double)spec.Shape[1] * area;
            return GoldenFill.Values(name, count, Math.Sqrt(6 / fanIn));
        }

        static float[] AroundOne(string name, int count, double amplitude) =>
            [.. GoldenFill.Values(name, count, amplitude).Select(value => 1 + value)];
    }

    public static FcnNetwork Tiny(FcnVariant variant = FcnVariant.Fcn8s, FcnLayout layout = FcnLayout.Compact, int classes = 3) =>
        Create(new FcnOptions { Variant = variant, Layout = layout, NumClasses = classes, Widths = TinyWidths });
}
