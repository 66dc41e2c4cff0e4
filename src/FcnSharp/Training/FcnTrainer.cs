using FcnSharp.Data;
using FcnSharp.Runtime;
using FcnSharp.Support;
using FcnSharp.Torch;
using FcnSharp.Training.Loading;
using FcnSharp.Training.Loop;
using FcnSharp.Training.Planning;
using TorchSharp;

namespace FcnSharp.Training;

/// <summary>Trains a network on pictures with a class for every pixel.</summary>
public static class FcnTrainer
{
    /// <summary>
    /// Trains from the start or, where <see cref="TrainingOptions.Folder"/> holds the beginning of the same run, from its last checkpoint
    /// on. A run that was interrupted ends with the same weights as one that was not.
    /// </summary>
    /// <remarks>
    /// It sets libtorch's random seed before each step and, where <see cref="TrainingOptions.Threads"/> says so, its number of threads
    /// while it lasts. Both belong to the whole process: a run is repeatable only while nothing else in the process draws random numbers
    /// from libtorch.
    /// </remarks>
    /// <param name="training">The pictures to learn from.</param>
    /// <param name="options">How; start from a preset such as <see cref="TrainingOptions.FromScratch"/>.</param>
    /// <param name="validation">Pictures of the same classes to choose the best weights by; null for none, then the last weights are the
    /// result.</param>
    /// <param name="progress">Told after every step, from the thread that trains; null for none.</param>
    /// <param name="cancellationToken">Ends the run after the step in progress. A checkpoint is written first.</param>
    /// <returns>The network and how it was made.</returns>
    /// <exception cref="ArgumentException">Pictures and options do not go together; the message says what does not.</exception>
    /// <exception cref="DatasetException">A picture is missing, unreadable or does not fit.</exception>
    /// <exception cref="TrainingException">
    /// The loss is no longer a number, the device has no room, the folder holds a run of other options or is in use, or a checkpoint cannot
    /// be written. Checkpoints written before are whole.
    /// </exception>
    /// <exception cref="LibtorchLoadException">There is no libtorch for TorchSharp to use.</exception>
    /// <exception cref="TorchDeviceException">This machine has no such device, or it stopped working.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static TrainingResult Run(
        ISegmentationDataset training,
        TrainingOptions options,
        ISegmentationDataset? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        var plan = TrainingPlan.Make(training, validation, options);
        var device = TorchDevice.Find(options.Device);
        using var threads = new ThreadCount(options.Threads);
        using var folder = options.Folder is { } path ? new RunFolder(plan, path) : null;
        using var loader = new TrainingLoader(
            training, plan.Normalization, options.Augmentation, options.Loading, options.BatchSize, options.Seed);
        using var scope = torch.NewDisposeScope();
        try
        {
            return device.Run(() => new TrainingRun(plan, loader, device, folder, progress, cancellationToken).Run());
        }
        catch (TorchDeviceException exception) when (exception.IsOutOfMemory)
        {
            throw new TrainingException(
                Guard.Text($"{device.Name}: not enough free memory for batches of {options.BatchSize} pictures."),
                $"Lower {nameof(TrainingOptions.BatchSize)} and raise {nameof(TrainingOptions.Accumulation)} by as much, " +
                "take smaller crops, or a narrower network.",
                exception);
        }
    }
}
