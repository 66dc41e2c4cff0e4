using System.Collections.Immutable;
using FcnSharp.Evaluation;

namespace FcnSharp.Training;

/// <summary>What the network scored on the validation pictures after a step.</summary>
/// <param name="Step">The step, counted over all stages.</param>
/// <param name="MeanIoU">The mean over classes of intersection over union, 0 to 1; see <see cref="SegmentationMetrics.MeanIoU"/>.</param>
/// <param name="PixelAccuracy">The fraction of correct pixels, 0 to 1.</param>
/// <param name="ClassIoU">The IoU of every class in order of id, 0 to 1; null for a class that neither occurs nor was found.</param>
public sealed record ValidationScores(long Step, double MeanIoU, double PixelAccuracy, ImmutableArray<double?> ClassIoU)
{
    internal static ValidationScores From(long step, SegmentationMetrics metrics) => new(
        step, metrics.MeanIoU ?? 0, metrics.PixelAccuracy ?? 0, [.. metrics.Classes.Select(item => item.IoU)]);

    /// <inheritdoc/>
    public bool Equals(ValidationScores? other) =>
        other is not null && (Step, MeanIoU, PixelAccuracy) == (other.Step, other.MeanIoU, other.PixelAccuracy)
        && ClassIoU.AsSpan().SequenceEqual(other.ClassIoU.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Step, MeanIoU, PixelAccuracy);
}
