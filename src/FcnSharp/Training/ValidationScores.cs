using System.Collections.Immutable;
using System.Text.Json.Serialization;
using FcnSharp.Evaluation;

namespace FcnSharp.Training;

/// <summary>The scores of the network on the validation pictures after a step. Immutable.</summary>
public sealed record ValidationScores
{
    [JsonConstructor]
    internal ValidationScores(long step, double meanIoU, double pixelAccuracy, ImmutableArray<double?> classIoU) =>
        (Step, MeanIoU, PixelAccuracy, ClassIoU) = (step, meanIoU, pixelAccuracy, classIoU);

    /// <summary>Number of the step, counted over all stages.</summary>
    public long Step { get; }

    /// <summary>The mean over classes of intersection over union, 0 to 1; see <see cref="SegmentationMetrics.MeanIoU"/>.</summary>
    public double MeanIoU { get; }

    /// <summary>The fraction of correct pixels, 0 to 1.</summary>
    public double PixelAccuracy { get; }

    /// <summary>The IoU of every class in order of id, 0 to 1; null for a class that occurs neither in truth nor in prediction.</summary>
    public ImmutableArray<double?> ClassIoU { get; }

    internal static ValidationScores From(long step, SegmentationMetrics metrics) => new(
        step, metrics.MeanIoU ?? 0, metrics.PixelAccuracy ?? 0, [.. metrics.Classes.Select(item => item.IoU)]);

    /// <inheritdoc/>
    public bool Equals(ValidationScores? other) =>
        other is not null && (Step, MeanIoU, PixelAccuracy) == (other.Step, other.MeanIoU, other.PixelAccuracy)
        && ClassIoU.AsSpan().SequenceEqual(other.ClassIoU.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Step, MeanIoU, PixelAccuracy);
}
