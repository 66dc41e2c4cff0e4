using FcnSharp.Evaluation;

namespace FcnSharp.Benchmarks;

/// <summary>Shows the progress of an evaluation on one line of a terminal; shows nothing if the output is redirected.</summary>
internal sealed class ProgressLine : IProgress<EvaluationProgress>
{
    public void Report(EvaluationProgress value)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{value.Done} of {value.Total}, mean IoU {value.MeanIoU:F3} {(value.Done == value.Total ? "\n" : "")}");
        }
    }
}
