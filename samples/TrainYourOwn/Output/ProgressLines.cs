using System.Diagnostics;
using FcnSharp.Training;

namespace TrainYourOwn.Output;

/// <summary>Prints warnings, a line after every validation, and one every half minute in between.</summary>
internal sealed class ProgressLines(int epochs) : IProgress<TrainingProgress>
{
    private readonly Stopwatch sinceLine = Stopwatch.StartNew();
    private ValidationScores? told;

    public void Report(TrainingProgress value)
    {
        if (value.Warning is { } warning)
        {
            Console.WriteLine($"warning: {warning}");
        }
        else if (value.Validation != told || sinceLine.Elapsed > TimeSpan.FromSeconds(30))
        {
            told = value.Validation;
            sinceLine.Restart();
            Console.WriteLine(Display.Line(value, epochs));
        }
    }
}
