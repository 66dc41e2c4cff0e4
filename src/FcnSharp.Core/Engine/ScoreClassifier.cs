using FcnSharp.Imaging;

namespace FcnSharp.Engine;

/// <summary>From class scores to labels: bilinear resizing, arg-max and softmax, row by row, so that full-size scores never exist.</summary>
internal static class ScoreClassifier
{
    public static Classification Classify(ScoreMap scores, ClassificationRequest request, ParallelOptions parallel)
    {
        var (width, height, classes) = (request.Width, request.Height, scores.NumClasses);
        var pixels = (long)width * height;
        if (pixels > Array.MaxLength || (request.Probabilities && pixels * classes > Array.MaxLength))
        {
            throw new ArgumentException(
                $"A picture of {width}x{height} pixels is too large for the labels{(request.Probabilities ? $" and the probabilities of {classes} classes" : "")} asked for: " +
                $"an array holds {Array.MaxLength} values. {(request.Probabilities ? "Do without probabilities, or scale" : "Scale")} the picture down.");
        }

        var labels = new byte[pixels];
        var confidence = request.Confidence ? new byte[pixels] : null;
        var probabilities = request.Probabilities ? new float[pixels * classes] : null;
        var columns = new BilinearAxis(scores.Width, width);
        var rows = new BilinearAxis(scores.Height, height);

        Parallel.For(
            0,
            height,
            parallel,
            () => new RowScratch(classes, width, scores.Width),
            (y, _, scratch) =>
            {
                Resize(scores, rows, y, columns, scratch);
                ArgMax(scratch, labels.AsSpan(y * width, width));
                if (confidence is not null || probabilities is not null)
                {
                    Softmax(scratch);
                }

                if (confidence is not null)
                {
                    WriteConfidence(scratch, confidence.AsSpan(y * width, width));
                }

                for (var classId = 0; probabilities is not null && classId < classes; classId++)
                {
                    scratch.Class(classId).CopyTo(probabilities.AsSpan(((classId * height) + y) * width, width));
                }

                return scratch;
            },
            _ => { });

        return new Classification(
            new LabelMap(labels, width, height),
            confidence is null ? null : new GrayImage(confidence, width, height),
            probabilities is null ? null : new ScoreMap(probabilities, classes, height, width));
    }

    /// <summary>The scores of every class in one row of the answer.</summary>
    private static void Resize(ScoreMap scores, BilinearAxis rows, int y, BilinearAxis columns, RowScratch scratch)
    {
        var (upperRow, lowerRow, fraction) = rows[y];
        for (var classId = 0; classId < scores.NumClasses; classId++)
        {
            var upper = scores.Row(classId, upperRow);
            var lower = scores.Row(classId, lowerRow);
            var mixed = scratch.Source;
            for (var x = 0; x < mixed.Length; x++)
            {
                mixed[x] = upper[x] + ((lower[x] - upper[x]) * fraction);
            }

            columns.Resize(mixed, scratch.Class(classId));
        }
    }

    private static void ArgMax(RowScratch scratch, Span<byte> labels)
    {
        var best = scratch.Best;
        scratch.Class(0).CopyTo(best);
        labels.Clear();
        for (var classId = 1; classId < scratch.Classes; classId++)
        {
            var row = scratch.Class(classId);
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x] > best[x])
                {
                    (best[x], labels[x]) = (row[x], (byte)classId);
                }
            }
        }
    }

    /// <summary>p_c = exp(s_c - s_max) / sum of exp(s_i - s_max), in place; <see cref="RowScratch.Best"/> becomes the largest.</summary>
    private static void Softmax(RowScratch scratch)
    {
        var best = scratch.Best;
        for (var x = 0; x < best.Length; x++)
        {
            var sum = 0f;
            for (var classId = 0; classId < scratch.Classes; classId++)
            {
                ref var value = ref scratch.Class(classId)[x];
                value = MathF.Exp(value - best[x]);
                sum += value;
            }

            best[x] = 1 / sum;
            for (var classId = 0; classId < scratch.Classes; classId++)
            {
                scratch.Class(classId)[x] *= best[x];
            }
        }
    }

    private static void WriteConfidence(RowScratch scratch, Span<byte> confidence)
    {
        var best = scratch.Best;
        for (var x = 0; x < best.Length; x++)
        {
            confidence[x] = (byte)MathF.Round(best[x] * byte.MaxValue);
        }
    }

    /// <summary>One thread's room for a row of the answer.</summary>
    private sealed class RowScratch(int classes, int width, int sourceWidth)
    {
        private readonly float[] values = new float[classes * width];
        private readonly float[] best = new float[width];
        private readonly float[] source = new float[sourceWidth];

        public int Classes => classes;

        public Span<float> Best => best;

        public Span<float> Source => source;

        public Span<float> Class(int classId) => values.AsSpan(classId * width, width);
    }
}
