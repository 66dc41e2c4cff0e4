using FcnSharp.Training;

namespace FcnSharp.Torch.Tests.Training.Support;

/// <summary>Calls a function for each progress report, on the training thread.</summary>
internal sealed class Told(Action<TrainingProgress>? tell = null) : IProgress<TrainingProgress>
{
    public List<TrainingProgress> All { get; } = [];

    public IEnumerable<string> Warnings => All.Select(progress => progress.Warning).OfType<string>();

    public void Report(TrainingProgress value)
    {
        All.Add(value);
        tell?.Invoke(value);
    }
}
