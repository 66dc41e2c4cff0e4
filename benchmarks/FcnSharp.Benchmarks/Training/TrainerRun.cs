using FcnSharp.Data;
using FcnSharp.Training;

namespace FcnSharp.Benchmarks.Training;

/// <summary>Short runs of <see cref="FcnTrainer"/>, each with an empty cache: pictures are read, decoded and augmented during the
/// training.</summary>
internal sealed class TrainerRun(TrainingOptions options, ISegmentationDataset dataset)
{
    /// <summary>The fraction of the last run, including its start, that was spent waiting for pictures.</summary>
    public double WaitingShare { get; private set; }

    /// <summary>The cost of a number of steps after a number of warm-up steps.</summary>
    public Cost Run(int dropped, int steps)
    {
        var clock = new Clock(dropped);
        var result = FcnTrainer.Run(dataset, options with { Steps = dropped + steps }, progress: clock);
        WaitingShare = result.WaitingTime / result.TrainingTime;
        return clock.Last - clock.First;
    }

    /// <summary>Records the cost after the warm-up steps and after every later step.</summary>
    private sealed class Clock(int dropped) : IProgress<TrainingProgress>
    {
        public Cost First { get; private set; }

        public Cost Last { get; private set; }

        public void Report(TrainingProgress value)
        {
            Last = Cost.Now;
            First = value.Step <= dropped ? Last : First;
        }
    }
}
