namespace FcnSharp.Imaging;

/// <summary>The input samples and weights of each output sample of a triangle filter, along one axis.</summary>
/// <remarks>
/// The convention of Pillow's BILINEAR: sample centres at half pixels, support of one output step (at least one input
/// step) on both sides, weights scaled to a sum of 1.
/// </remarks>
internal sealed class TriangleWeights
{
    private readonly int[] first;
    private readonly int[] offset;
    private readonly float[] weights;

    public TriangleWeights(int inputSize, int outputSize)
    {
        var ratio = (double)inputSize / outputSize;
        var support = Math.Max(ratio, 1);
        first = new int[outputSize];
        offset = new int[outputSize + 1];
        var all = new List<float>();
        for (var i = 0; i < outputSize; i++)
        {
            var center = (i + 0.5) * ratio;
            first[i] = Math.Max(0, (int)(center - support + 0.5));
            var end = Math.Min(inputSize, (int)(center + support + 0.5));

            var sum = 0.0;
            for (var at = first[i]; at < end; at++)
            {
                sum += Triangle((at + 0.5 - center) / support);
            }

            for (var at = first[i]; at < end; at++)
            {
                all.Add((float)(Triangle((at + 0.5 - center) / support) / sum));
            }

            offset[i + 1] = all.Count;
        }

        weights = [.. all];
    }

    /// <summary>The first input sample of output sample <paramref name="i"/>.</summary>
    public int First(int i) => first[i];

    /// <summary>The weights of <see cref="First"/> and the samples that follow it.</summary>
    public ReadOnlySpan<float> Of(int i) => weights.AsSpan(offset[i]..offset[i + 1]);

    private static double Triangle(double x) => Math.Max(0, 1 - Math.Abs(x));
}
