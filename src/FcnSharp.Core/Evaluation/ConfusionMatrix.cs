using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>The confusion matrix: the number of pixels of each true class for each predicted class. All metrics are computed from
/// it.</summary>
/// <remarks>Not thread-safe while it is filled: give each thread its own matrix and merge them.</remarks>
public sealed class ConfusionMatrix
{
    private readonly long[] counts;

    /// <summary>Creates an empty matrix.</summary>
    /// <param name="classes">Number of classes, 1 to 255.</param>
    public ConfusionMatrix(int classes)
    {
        NumClasses = Guard.InRange(classes, 1, 255, nameof(classes), "Id 255 stays free for ignored pixels.");
        counts = new long[classes * classes];
    }

    /// <summary>Number of classes.</summary>
    public int NumClasses { get; }

    /// <summary>Number of counted pixels.</summary>
    public long Total => counts.Sum();

    /// <summary>Number of pixels with a true and a predicted class.</summary>
    /// <param name="truth">The true class.</param>
    /// <param name="prediction">The predicted class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int truth, int prediction] =>
        counts[(Checked(truth, nameof(truth)) * NumClasses) + Checked(prediction, nameof(prediction))];

    /// <summary>Counts the pixels of one picture.</summary>
    /// <param name="truth">The true classes.</param>
    /// <param name="prediction">The predicted classes, of the same size.</param>
    /// <param name="ignoreId">Pixels with this id in <paramref name="truth"/> are not counted.</param>
    /// <exception cref="ArgumentException">The sizes differ, or an id is not a class; no pixel is counted then.</exception>
    public void Add(LabelMap truth, LabelMap prediction, int ignoreId = LabelMap.IgnoreId)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(prediction);
        if ((truth.Width, truth.Height) != (prediction.Width, prediction.Height))
        {
            throw new ArgumentException(
                Guard.Text($"The truth is {truth.Width}x{truth.Height} pixels, " +
                    $"but the prediction is {prediction.Width}x{prediction.Height}. Compare maps of the same picture."),
                nameof(prediction));
        }

        CheckIds(truth, prediction, ignoreId);
        var truths = truth.Labels.Span;
        var predictions = prediction.Labels.Span;
        for (var i = 0; i < truths.Length; i++)
        {
            if (truths[i] != ignoreId)
            {
                counts[(truths[i] * NumClasses) + predictions[i]]++;
            }
        }
    }

    /// <summary>Adds a number of pixels with a true and a predicted class.</summary>
    /// <param name="truth">The true class.</param>
    /// <param name="prediction">The predicted class.</param>
    /// <param name="pixels">Number of pixels; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or <paramref name="pixels"/> is below 0.</exception>
    public void Add(int truth, int prediction, long pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pixels);
        counts[(Checked(truth, nameof(truth)) * NumClasses) + Checked(prediction, nameof(prediction))] += pixels;
    }

    /// <summary>Adds all pixels of another matrix.</summary>
    /// <exception cref="ArgumentException">The other matrix has another number of classes.</exception>
    public void Merge(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.NumClasses != NumClasses)
        {
            throw new ArgumentException(
                Guard.Text($"A matrix of {other.NumClasses} classes cannot be added to a matrix of {NumClasses}. " +
                    $"Evaluate with the same class list."), nameof(other));
        }

        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += other.counts[i];
        }
    }

    /// <summary>Computes the metrics of the pixels counted so far.</summary>
    public SegmentationMetrics ToMetrics() => new(this);

    private int Checked(int id, string name) =>
        Guard.InRange(id, 0, NumClasses - 1, name, "Use the class list that the matrix was made for.");

    private void CheckIds(LabelMap truth, LabelMap prediction, int ignoreId)
    {
        var truths = truth.Labels.Span;
        var predictions = prediction.Labels.Span;
        for (var i = 0; i < truths.Length; i++)
        {
            if (truths[i] != ignoreId && (truths[i] >= NumClasses || predictions[i] >= NumClasses))
            {
                throw new ArgumentException(Guard.Text(
                    $"Pixel ({i % truth.Width}, {i / truth.Width}) has the true id {truths[i]} and the predicted id {predictions[i]}, " +
                    $"but ids are 0 to {NumClasses - 1}. ") +
                    "Check the class count and the ignored id.");
            }
        }
    }
}
