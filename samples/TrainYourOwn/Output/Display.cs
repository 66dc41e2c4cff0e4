using FcnSharp.Training;
using Spectre.Console;

namespace TrainYourOwn.Output;

/// <summary>Shows the progress of the training: a bar on a terminal, otherwise lines.</summary>
internal static class Display
{
    public static TrainingResult Show(TrainingOptions options, Func<IProgress<TrainingProgress>, TrainingResult> train) =>
        Console.IsOutputRedirected
            ? train(new ProgressLines(options.Epochs))
            : AnsiConsole.Progress()
                .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .Start(context => train(new ProgressBar(context, options.Epochs)));

    /// <summary>The state of the training in one line. A score that was measured before the last step says after which one.</summary>
    public static string Line(TrainingProgress progress, int epochs)
    {
        var score = progress.Validation is { } scores ? $"  mean IoU {scores.MeanIoU:F3}" : "";
        var when = progress.Validation is { } older && older.Step < progress.Step ? $" (step {older.Step})" : "";
        return $"epoch {progress.Epoch}/{epochs}  loss {progress.Loss:F3}{score}{when}  {progress.PicturesPerSecond:F0} pictures/s " +
            $" {progress.TimeLeft:hh\\:mm\\:ss} left";
    }
}
