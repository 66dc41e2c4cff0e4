using FcnSharp.Evaluation.Charts;

namespace FcnSharp.Evaluation;

/// <summary>A line of what a training measured.</summary>
/// <param name="Step">Counted over all parts.</param>
/// <param name="Epoch">The pass over the pictures, from 1; NaN where it is not known.</param>
/// <param name="Loss">The mean since the line before; null where none was noted.</param>
/// <param name="MeanIoU">0 to 1; null where nothing was evaluated.</param>
/// <param name="PixelAccuracy">0 to 1; null where nothing was evaluated.</param>
internal sealed record TrainingRow(double Step, double Epoch, double? Loss, double? MeanIoU, double? PixelAccuracy)
{
    /// <summary>A line for each evaluation of a part or, where there was none, for each note of its loss.</summary>
    /// <param name="part">The part.</param>
    /// <param name="most">Lines; if there were more, some are passed over.</param>
    public static IEnumerable<TrainingRow> Of(TrainingPart part, int most)
    {
        var last = 0.0;
        TrainingRow[] rows = part.Scores.Count > 0 ? [.. part.Scores.Select(Evaluated)] : [.. part.Losses.Select(Noted)];
        foreach (var row in Thinning.AtMost(rows, most))
        {
            yield return row with { Loss = MeanLoss(last, row.Step) };
            last = row.Step;
        }

        TrainingRow Evaluated(ScorePoint point) => new(point.Step, point.Epoch, null, point.MeanIoU, point.PixelAccuracy);

        TrainingRow Noted(LossPoint point) => new(point.Step, point.Epoch, null, null, null);

        double? MeanLoss(double after, double upTo) =>
            part.Losses.Where(point => point.Step > after && point.Step <= upTo).Select(point => (double?)point.Loss).Average();
    }
}
