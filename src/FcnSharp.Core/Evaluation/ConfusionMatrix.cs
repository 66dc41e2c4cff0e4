using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>How many pixels of each true class were given each class: what all metrics are computed from.</summary>
/// <remarks>Not thread-safe while it is being filled: give each thread its own and merge them.</remarks>
public sealed class ConfusionMatrix
{
    private readonly long[] counts;

    /// <summary>An empty matrix.</summary>
    /// <param name="classes">How many classes there are, 1 to 255.</param>
    public ConfusionMatrix(int classes)
    {
        NumClasses = Guard.InRange(classes, 1, 255, nameof(classes), "Id 255 stays free for ignored pixels.");
        counts = new long[classes * classes];
    }

    /// <summary>How many classes there are.</summary>
    public int NumClasses { get; }

    /// <summary>Pixels that were counted.</summary>
    public long Total => counts.Sum();

    /// <summary>Pixels of one class that were given another, or the same.</summary>
    /// <param name="truth">The true class.</param>
    /// <param name="prediction">The class they were given.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int truth, int prediction] =>
        counts[(Checked(truth, nameof(truth)) * NumClasses) + Checked(prediction, nameof(prediction))];

    /// <summary>Counts the pixels of one picture.</summary>
    /// <param name="truth">The true classes.</param>
    /// <param name="prediction">The classes that were found; of the same size.</param>
    /// <param name="ignoreId">Pixels that have this id in <paramref name="truth"/> do not count.</param>
    /// <exception cref="ArgumentException">The sizes differ, or an id is no class; nothing was counted then.</exception>
    public void Add(LabelMap truth, LabelMap prediction, int ignoreId = LabelMap.IgnoreId)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(prediction);
        if ((truth.Width, truth.Height) != (prediction.Width, prediction.Height))
        {
            throw new ArgumentException(
                Guard.Text($"The truth is {truth.Width}x{truth.Height} pixels, " +
                    $"but the prediction {prediction.Width}x{prediction.Height}. Compare maps of the same picture."),
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

    /// <summary>Adds a number of pixels of one class that were given another, or the same.</summary>
    /// <param name="truth">The true class.</param>
    /// <param name="prediction">The class they were given.</param>
    /// <param name="pixels">How many; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or <paramref name="pixels"/> is below 0.</exception>
    public void Add(int truth, int prediction, long pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pixels);
        counts[(Checked(truth, nameof(truth)) * NumClasses) + Checked(prediction, nameof(prediction))] += pixels;
    }

    /// <summary>Adds all pixels of another matrix.</summary>
    /// <exception cref="ArgumentException">It has another number of classes.</exception>
    public void Merge(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.NumClasses != NumClasses)
        {
            throw new ArgumentException(
                Guard.Text($"A matrix of {other.NumClasses} classes cannot be added to one of {NumClasses}. " +
                    $"Evaluate with the same class list."), nameof(other));
        }

        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += other.counts[i];
        }
    }

    /// <summary>The metrics of what has been counted so far.</summary>
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
