using FcnSharp.Training;
using Spectre.Console;

namespace TrainYourOwn.Output;

/// <summary>A progress bar that is updated after every step; warnings are printed above it.</summary>
internal sealed class ProgressBar(ProgressContext context, int epochs) : IProgress<TrainingProgress>
{
    private readonly ProgressTask bar = context.AddTask("reading the pictures");

    public void Report(TrainingProgress value)
    {
        if (value.Warning is { } warning)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]warning:[/] {warning}");
        }

        if (value.Step > 0)
        {
            bar.MaxValue = value.StepCount;
            bar.Value = value.Step;
            bar.Description = Markup.Escape(Display.Line(value, epochs));
        }
    }
}
