using FcnSharp.Engine.Kernels;
using FcnSharp.Support;

namespace FcnSharp.Engine.Cpu;

/// <summary>Converts rows of scores to labels, confidence and probabilities at the requested size. Each thread has its own.</summary>
internal sealed unsafe class RowClassifier
{
    private readonly KernelSet kernels;
    private readonly ScoreRows source;
    private readonly BilinearAxis rows;
    private readonly BilinearAxis columns;
    private readonly int classes;
    private readonly int cellStride;
    private readonly int scored;
    private readonly int sourceWidth;
    private readonly float* mixed;
    private readonly float* cell;

    /// <param name="source">The scores at the size of the engine's input.</param>
    /// <param name="rows">Resizes their rows to those of the result.</param>
    /// <param name="columns">Resizes their columns to those of the result.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="cellStride">Floats from one cell of a row to the next.</param>
    /// <param name="sourceWidth">Columns of the scores.</param>
    /// <param name="mixed">Scratch memory for one row of scores and one cell.</param>
    /// <param name="kernels">The kernels to use.</param>
    public RowClassifier(
        ScoreRows source, BilinearAxis rows, BilinearAxis columns, int classes, int cellStride, int sourceWidth,
        float* mixed, KernelSet kernels)
    {
        this.kernels = kernels;
        (this.source, this.rows, this.columns) = (source, rows, columns);
        (this.classes, this.cellStride, this.sourceWidth) = (classes, cellStride, sourceWidth);
        scored = (classes + kernels.Lanes - 1) / kernels.Lanes * kernels.Lanes;
        this.mixed = mixed;
        cell = mixed + ((long)sourceWidth * cellStride);
    }

    /// <summary>Whether a classified score was infinite or NaN, so that the result is invalid.</summary>
    public bool Overflows { get; private set; }

    /// <summary>Fills one row of the result: the class with the highest score, the lowest id among equals.</summary>
    public void Classify(int y, AnswerBuffers answer)
    {
        var labels = answer.LabelRow(y);
        var scores = MixedRow(y);
        for (var x = 0; x < labels.Length; x++)
        {
            var at = MixedCell(scores, x);
            var best = kernels.IndexOfLargest(at, scored);
            if (best < 0)
            {
                Overflows = true;
                return;
            }

            labels[x] = (byte)best;
            if (answer.NeedsSoftmax)
            {
                Softmax(new ReadOnlySpan<float>(at, classes), best, x, y, answer);
            }
        }
    }

    /// <summary>The first score of a row of the result that is infinite or NaN; null if there is none.</summary>
    public ScoreOverflowException? FindOverflow(int y, ClassificationRequest request)
    {
        var scores = MixedRow(y);
        for (var x = 0; x < request.Width; x++)
        {
            var values = new ReadOnlySpan<float>(MixedCell(scores, x), classes);
            if (NonFinite.IndexIn(values) is >= 0 and var classId)
            {
                return new ScoreOverflowException(x, y, classId, values[classId], request.Width, request.Height);
            }
        }

        return null;
    }

    private float* MixedRow(int y)
    {
        var (low, high, fraction) = rows[y];
        var upper = source.Row(low);
        if (fraction == 0)
        {
            return upper;
        }

        var lower = source.Row(high);
        kernels.Mix(upper, lower, fraction, mixed, sourceWidth * cellStride);
        return mixed;
    }

    /// <summary>The scores of one cell; padding channels have the lowest finite value.</summary>
    private float* MixedCell(float* row, int x)
    {
        var (low, high, fraction) = columns[x];
        var left = row + ((long)low * cellStride);
        if (fraction == 0)
        {
            return left;
        }

        kernels.Mix(left, row + ((long)high * cellStride), fraction, cell, scored);
        return cell;
    }

    /// <summary>p_c = exp((s_c - s_max) / T) / sum of exp((s_i - s_max) / T).</summary>
    private static void Softmax(ReadOnlySpan<float> scores, int best, int x, int y, AnswerBuffers answer)
    {
        var (factor, sum) = (answer.ScoreFactor, 0f);
        foreach (var score in scores)
        {
            sum += MathF.Exp((score - scores[best]) * factor);
        }

        var scale = 1 / sum;
        if (answer.ConfidenceRow(y) is { IsEmpty: false } confidence)
        {
            confidence[x] = (byte)MathF.Round(scale * byte.MaxValue);
        }

        for (var id = 0; id < scores.Length && answer.ProbabilityRow(id, y) is { IsEmpty: false } probabilities; id++)
        {
            probabilities[x] = MathF.Exp((scores[id] - scores[best]) * factor) * scale;
        }
    }
}
