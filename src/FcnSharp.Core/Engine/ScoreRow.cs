using System.Numerics;
using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>A row of scores or probabilities: a number for every class at every pixel. Each thread has its own.</summary>
internal sealed class ScoreRow(int classes, int width)
{
    private readonly float[] values = new float[classes * width];
    private readonly float[] best = new float[width];

    public int Classes => classes;

    public Span<float> Class(int classId) => values.AsSpan(classId * width, width);

    /// <summary>Whether all values are finite.</summary>
    public bool IsFinite => NonFinite.IndexIn(values) < 0;

    public void Clear() => Array.Clear(values);

    /// <summary>this += scale * other.</summary>
    public void Add(ScoreRow other, float scale)
    {
        var sums = values.AsSpan();
        var terms = other.values.AsSpan();
        var at = 0;
        for (; at <= sums.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            (new Vector<float>(sums[at..]) + (new Vector<float>(terms[at..]) * scale)).CopyTo(sums[at..]);
        }

        for (; at < sums.Length; at++)
        {
            sums[at] += terms[at] * scale;
        }
    }

    /// <summary>The first value that is infinite or NaN; null if there is none.</summary>
    /// <param name="y">Index of this row in the result.</param>
    /// <param name="height">Rows of the result.</param>
    public ScoreOverflowException? FindOverflow(int y, int height)
    {
        for (var x = 0; x < width; x++)
        {
            for (var classId = 0; classId < classes; classId++)
            {
                if (Class(classId)[x] is var score && !float.IsFinite(score))
                {
                    return new ScoreOverflowException(x, y, classId, score, width, height);
                }
            }
        }

        return null;
    }

    /// <summary>The class with the highest value at every pixel; the lowest id among equals.</summary>
    public void ArgMax(Span<byte> labels)
    {
        Class(0).CopyTo(best);
        labels.Clear();
        for (var classId = 1; classId < classes; classId++)
        {
            var row = Class(classId);
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x] > best[x])
                {
                    (best[x], labels[x]) = (row[x], (byte)classId);
                }
            }
        }
    }

    /// <summary>p_c = exp(f (s_c - s_max)) / sum of exp(f (s_i - s_max)), in place.</summary>
    /// <param name="factor">f, one over the temperature.</param>
    public void Softmax(float factor)
    {
        FindBest();
        for (var x = 0; x < width; x++)
        {
            var sum = 0f;
            for (var classId = 0; classId < classes; classId++)
            {
                ref var value = ref Class(classId)[x];
                value = MathF.Exp((value - best[x]) * factor);
                sum += value;
            }

            var scale = 1 / sum;
            for (var classId = 0; classId < classes; classId++)
            {
                Class(classId)[x] *= scale;
            }
        }
    }

    /// <summary>The highest probability at every pixel, 0 to 255 for 0 to 1.</summary>
    public void WriteConfidence(Span<byte> confidence)
    {
        FindBest();
        for (var x = 0; x < width; x++)
        {
            confidence[x] = (byte)MathF.Round(MathF.Min(best[x], 1) * byte.MaxValue);
        }
    }

    private void FindBest()
    {
        Class(0).CopyTo(best);
        for (var classId = 1; classId < classes; classId++)
        {
            var row = Class(classId);
            for (var x = 0; x < row.Length; x++)
            {
                best[x] = MathF.Max(best[x], row[x]);
            }
        }
    }
}
