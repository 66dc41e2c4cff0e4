using FcnSharp.Data;
using FcnSharp.Training;

namespace FcnSharp.Benchmarks.Training;

/// <summary>Short runs of <see cref="FcnTrainer"/>, each from the start with an empty cache: pictures are read, decoded and varied while it
/// learns.</summary>
internal sealed class TrainerRun(TrainingOptions options, ISegmentationDataset dataset)
{
    /// <summary>The part of the last run, its start included, that was spent waiting for pictures.</summary>
    public double WaitingShare { get; private set; }

    /// <summary>The cost of some steps that come after others, which do not count.</summary>
    public Cost Run(int dropped, int steps)
    {
        var clock = new Clock(dropped);
        var result = FcnTrainer.Run(dataset, options with { Steps = dropped + steps }, progress: clock);
        WaitingShare = result.WaitingTime / result.TrainingTime;
        return clock.Last - clock.First;
    }

    /// <summary>Notes the cost when the first steps are done and after every later one.</summary>
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
