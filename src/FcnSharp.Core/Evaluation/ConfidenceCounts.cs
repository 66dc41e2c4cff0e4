using FcnSharp.Imaging;

namespace FcnSharp.Evaluation;

/// <summary>The number of pixels of each confidence, and the number of right ones among them.</summary>
internal sealed class ConfidenceCounts
{
    private readonly long[] pixels = new long[byte.MaxValue + 1];
    private readonly long[] right = new long[byte.MaxValue + 1];

    public (long Pixels, long Right) this[int confidence] => (pixels[confidence], right[confidence]);

    /// <summary>Counts the pixels of one picture; all three maps have its size.</summary>
    public void Add(LabelMap truth, LabelMap prediction, GrayImage confidence, int ignoreId)
    {
        var expected = truth.Labels.Span;
        var found = prediction.Labels.Span;
        var sure = confidence.Pixels.Span;
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i] != ignoreId)
            {
                pixels[sure[i]]++;
                right[sure[i]] += expected[i] == found[i] ? 1 : 0;
            }
        }
    }

    public void Merge(ConfidenceCounts other)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] += other.pixels[i];
            right[i] += other.right[i];
        }
    }
}
