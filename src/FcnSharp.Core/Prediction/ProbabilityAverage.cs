using System.Numerics;
using FcnSharp.Engine;

namespace FcnSharp.Prediction;

/// <summary>The exponential mean of the probabilities of a video's frames: mean = kept * mean + (1 - kept) * probabilities.</summary>
/// <param name="kept">The weight of the previous mean, above 0 and below 1.</param>
internal sealed class ProbabilityAverage(double kept)
{
    /// <summary>Smaller probabilities are raised to this value, so that all logarithms are finite.</summary>
    private const float Least = 1e-30f;

    private float[]? means;
    private float[] scores = [];

    /// <summary>Adds a frame to the mean.</summary>
    /// <param name="probabilities">The frame's probabilities at the working size, which is the same for all frames.</param>
    /// <returns>
    /// The logarithms of the mean: scores whose softmax is the mean, so that they are resized in the same way as the scores of a network.
    /// The next call overwrites the map's buffer.
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
