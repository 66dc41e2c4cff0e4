using FcnSharp.Data;
using FcnSharp.Runtime;
using FcnSharp.Support;
using FcnSharp.Torch;
using FcnSharp.Training.Loading;
using FcnSharp.Training.Loop;
using FcnSharp.Training.Planning;
using TorchSharp;

namespace FcnSharp.Training;

/// <summary>Trains networks on pictures with a class for every pixel.</summary>
public static class FcnTrainer
{
    /// <summary>
    /// Trains from the start or, if <see cref="TrainingOptions.Folder"/> contains an interrupted run of the same options, from its last
    /// checkpoint. An interrupted run ends with the same weights as an uninterrupted one.
    /// </summary>
    /// <remarks>
    /// The method sets libtorch's random seed before each step and, if <see cref="TrainingOptions.Threads"/> is set, libtorch's number of
    /// threads during the run. Both are global to the process: a run is reproducible only if no other code in the process uses libtorch's
    /// random numbers.
    /// </remarks>
    /// <param name="training">The training pictures.</param>
    /// <param name="options">The options; start from a preset such as <see cref="TrainingOptions.FromScratch"/>.</param>
    /// <param name="validation">Validation pictures of the same classes, by which the best weights are selected; null means that the last
    /// weights are the result.</param>
    /// <param name="progress">Receives the progress after every step, on the training thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the run after the current step. A checkpoint is written first.</param>
    /// <returns>The network, its scores and the history of the run.</returns>
    /// <exception cref="ArgumentException">Pictures and options contradict each other; the message names the contradiction.</exception>
    /// <exception cref="DatasetException">A picture or its labels have a fault.</exception>
    /// <exception cref="TrainingException">
    /// The loss is infinite or NaN, the device is out of memory, the folder contains a run of other options or is in use, or a checkpoint
    /// cannot be written. Earlier checkpoints are complete.
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
                $"Lower {nameof(TrainingOptions.BatchSize)} and raise {nameof(TrainingOptions.Accumulation)} accordingly, " +
                "use smaller crops, or a narrower network.",
                exception);
        }
    }
}
