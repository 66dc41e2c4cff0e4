using System.Diagnostics;
using FcnSharp.Training;

namespace TrainYourOwn.Output;

/// <summary>Prints warnings, a line after every validation, and one every half minute in between.</summary>
internal sealed class ProgressLines(int epochs) : IProgress<TrainingProgress>
{
    private readonly Stopwatch sinceLine = Stopwatch.StartNew();

    public void Report(TrainingProgress value)
    {
        var isEvaluated = value.Validation?.Step == value.Step;
        if (value.Warning is { } warning)
        {
            Console.WriteLine($"warning: {warning}");
        }
        else if (isEvaluated || sinceLine.Elapsed > TimeSpan.FromSeconds(30))
        {
            sinceLine.Restart();
            Console.WriteLine(Display.Line(isEvaluated ? value : value with { Validation = null }, epochs));
        }
    }
}
