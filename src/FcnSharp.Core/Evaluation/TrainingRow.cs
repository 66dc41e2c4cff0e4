using FcnSharp.Evaluation.Charts;

namespace FcnSharp.Evaluation;

/// <summary>A line of the table in a report.</summary>
/// <param name="Step">Counted over all parts.</param>
/// <param name="Epoch">The pass over the pictures, from 1; NaN if it is not known.</param>
/// <param name="Loss">The mean since the previous line; null if no loss was logged.</param>
/// <param name="MeanIoU">0 to 1; null without validation pictures.</param>
/// <param name="PixelAccuracy">0 to 1; null without validation pictures.</param>
internal sealed record TrainingRow(double Step, double Epoch, double? Loss, double? MeanIoU, double? PixelAccuracy)
{
    /// <summary>A line for each evaluation of a part or, without validation pictures, for each logged loss.</summary>
    /// <param name="part">The part of the training.</param>
    /// <param name="most">Maximum number of lines.</param>
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
