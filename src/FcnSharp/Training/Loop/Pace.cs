using System.Diagnostics;

namespace FcnSharp.Training.Loop;

/// <summary>Measures the training and evaluation time of this process.</summary>
internal sealed class Pace
{
    private readonly Stopwatch training = new();
    private readonly Stopwatch evaluation = new();
    private long steps;
    private int evaluations;

    public TimeSpan Training => training.Elapsed;

    public TimeSpan Evaluation => evaluation.Elapsed;

    /// <summary>Mean seconds per step; null before the first.</summary>
    public double? SecondsPerStep => steps > 0 ? training.Elapsed.TotalSeconds / steps : null;

    /// <summary>Mean seconds per evaluation; 0 before the first.</summary>
    public double SecondsPerEvaluation => evaluations > 0 ? evaluation.Elapsed.TotalSeconds / evaluations : 0;

    public T Step<T>(Func<T> work)
    {
        using var running = Measure(training);
        var result = work();
        steps++;
        return result;
    }

    public T Evaluate<T>(Func<T> work)
    {
        using var running = Measure(evaluation);
        var result = work();
        evaluations++;
        return result;
    }

    private static Running Measure(Stopwatch watch)
    {
        watch.Start();
        return new Running(watch);
    }

    private readonly struct Running(Stopwatch watch) : IDisposable
    {
        public void Dispose() => watch.Stop();
    }
}
