using System.Numerics;
using FcnSharp.Engine;

namespace FcnSharp.Prediction;

/// <summary>The exponential average of the probabilities of a video's frames: mean = kept * mean + (1 - kept) * probabilities.</summary>
/// <param name="kept">How much of the mean so far stays, above 0 and below 1.</param>
internal sealed class ProbabilityAverage(double kept)
{
    /// <summary>A probability whose logarithm is finite.</summary>
    private const float Least = 1e-30f;

    private float[]? means;
    private float[] scores = [];

    /// <summary>Takes a frame in.</summary>
    /// <param name="probabilities">Of the frame, at the size for the network, which is the same for all of them.</param>
    /// <returns>
    /// The logarithms of the mean, which are scores with the mean as their softmax. Bilinear resizing treats them as it does the scores of
    /// a network. The map's buffer is written anew by the next call.
    /// </returns>
    public ScoreMap Add(ScoreMap probabilities)
    {
        var next = probabilities.Values.Span;
        if (means is null)
        {
            means = next.ToArray();
            scores = new float[means.Length];
        }
        else
        {
            Average(means, next, (float)kept);
        }

        TakeLogarithms(means, scores);
        return new ScoreMap(scores, probabilities.NumClasses, probabilities.Width, probabilities.Height);
    }

    public void Reset() => means = null;

    private static void Average(Span<float> means, ReadOnlySpan<float> next, float kept)
    {
        var taken = 1 - kept;
        var at = 0;
        for (; at <= means.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            ((new Vector<float>(means[at..]) * kept) + (new Vector<float>(next[at..]) * taken)).CopyTo(means[at..]);
        }

        for (; at < means.Length; at++)
        {
            means[at] = (means[at] * kept) + (next[at] * taken);
        }
    }

    private static void TakeLogarithms(ReadOnlySpan<float> means, Span<float> scores)
    {
        var at = 0;
        for (; at <= means.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector.Log(Vector.Max(new Vector<float>(means[at..]), new Vector<float>(Least))).CopyTo(scores[at..]);
        }

        for (; at < means.Length; at++)
        {
            scores[at] = MathF.Log(MathF.Max(means[at], Least));
        }
    }
}
