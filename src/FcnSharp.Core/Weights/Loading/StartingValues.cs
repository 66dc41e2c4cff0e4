using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Loading;

/// <summary>Initial values for tensors that a file lacks.</summary>
internal sealed class StartingValues
{
    private readonly HashSet<string> upsamplers;
    private readonly HashSet<string> scores;
    private readonly HashSet<string> ones;
    private readonly Random random;

    public StartingValues(NetworkOptions options, int seed)
    {
        var graph = options.ToGraph();
        upsamplers = [.. graph.Upsamplers.Select(layer => layer.Weight)];
        scores = [.. graph.LastConvolutions.Select(layer => layer.Weight)];
        ones = [.. graph.Nodes.OfType<ConvolutionNode>().Where(layer => layer.Norm is not null)
            .SelectMany(layer => new[] { $"{layer.Norm}.weight", $"{layer.Norm}.running_var" })];
        random = new Random(seed);
    }

    /// <summary>The rule that initialises a tensor, in words.</summary>
    public string Describe(TensorSpec spec) => spec switch
    {
        _ when upsamplers.Contains(spec.Name) => "bilinear",
        _ when scores.Contains(spec.Name) || IsZero(spec) => "zero",
        _ when IsOne(spec) => "one",
        _ => "random, by He's rule",
    };

    /// <summary>Number of elements of a tensor.</summary>
    public static long CountOf(TensorSpec spec) => spec.Shape.Aggregate(1L, (count, size) => count * size);

    /// <summary>Initialises a tensor.</summary>
    /// <param name="spec">The tensor.</param>
    /// <param name="values">Receives the values; as long as the tensor.</param>
    public void Fill(TensorSpec spec, Span<float> values)
    {
        values.Clear();
        if (upsamplers.Contains(spec.Name))
        {
            FillBilinear(values, spec.Shape[0], spec.Shape[2]);
        }
        else if (IsOne(spec))
        {
            values.Fill(1);
        }
        else if (!scores.Contains(spec.Name) && !IsZero(spec))
        {
            FillHe(values, fanIn: spec.Shape[1] * spec.Shape[2] * spec.Shape[3]);
        }
    }

    private bool IsZero(TensorSpec spec) => spec.Shape.Length == 1 && !IsOne(spec);

    /// <summary>The scale or the variance of a batch norm, which starts as the identity.</summary>
    private bool IsOne(TensorSpec spec) => ones.Contains(spec.Name);

    /// <summary>Uniform with variance 2 / fan-in (He, Zhang, Ren and Sun, 2015, section 2.2).</summary>
    private void FillHe(Span<float> values, int fanIn)
    {
        var bound = Math.Sqrt(6.0 / fanIn);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(((2 * random.NextDouble()) - 1) * bound);
        }
    }

    /// <summary>
    /// Bilinear interpolation of each class separately (Long, Shelhamer and Darrell, 2015, section 3.3): the side of the kernel is even, so
    /// its centre is between two cells.
    /// </summary>
    private static void FillBilinear(Span<float> values, int classes, int kernel)
    {
        var factor = (kernel + 1) / 2;
        var taps = Enumerable.Range(0, kernel).Select(i => 1 - (Math.Abs(i - (factor - 0.5)) / factor)).ToArray();
        var area = kernel * kernel;
        for (var label = 0; label < classes; label++)
        {
            var start = ((label * classes) + label) * area;
            for (var i = 0; i < area; i++)
            {
                values[start + i] = (float)(taps[i / kernel] * taps[i % kernel]);
            }
        }
    }
}
