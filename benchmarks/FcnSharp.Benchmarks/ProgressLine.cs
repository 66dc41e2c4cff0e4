using FcnSharp.Evaluation;

namespace FcnSharp.Benchmarks;

/// <summary>Shows how far an evaluation is, on one line of a terminal; nothing where the output goes to a file.</summary>
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
