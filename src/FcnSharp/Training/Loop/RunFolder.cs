using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Support;
using FcnSharp.Tensors;
using FcnSharp.Training.Checkpoints;
using FcnSharp.Training.Planning;
using FcnSharp.Training.Reports;
using static TorchSharp.torch;

namespace FcnSharp.Training.Loop;

/// <summary>The folder of a run: its checkpoints, the best model of each stage, the logs, the sample predictions. One process at a
/// time.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string StateKey = "state";
    private const string OptionsKey = "options";
    private const string CountsKey = "class_pixels";
    private const int ShownDifferences = 250;
    private const string LockFile = "lock";
    private const string SamplesFolder = "samples";

    private readonly TrainingPlan plan;
    private readonly string path;
    private readonly string description;
    private readonly FileStream claim;
    private readonly CheckpointFolder checkpoints;
    private RunLog? log;

    /// <exception cref="TrainingException">Another process trains there, the folder cannot be written, or something in it is in the place
    /// of a file or folder of the run.</exception>
    public RunFolder(TrainingPlan plan, string path)
    {
        (this.plan, this.path, description) = (plan, path, RunDescription.Of(plan).ToJson());
        CheckPlaces(path);
        claim = Claim(path);
        checkpoints = new CheckpointFolder(path, plan.Options.CheckpointsKept);
        checkpoints.RemoveLeftovers();
    }

    /// <summary>What an earlier process of this run left; null when there is nothing.</summary>
    /// <exception cref="TrainingException">The folder holds a run of other options, or no checkpoint is whole.</exception>
    public ResumePoint? Resume(Action<string> notice)
    {
        if (checkpoints.Newest(notice) is not { } checkpoint)
        {
            return null;
        }

        if (Differences(checkpoint) is { Count: > 0 } differences)
        {
            throw new TrainingException(
                $"{path}: holds a run with other options. {FileText.Shown(string.Join("; ", differences), ShownDifferences)}.",
                "Use another folder, or the options of that run to go on with it.");
        }

        var state = Read(checkpoint, StateKey, RunJson.Default.RunState);
        if (state is null || state.History.IsDefault)
        {
            throw Unusable($"its {StateKey} cannot be read");
        }

        if (state.Step < 0 || state.Step > plan.StepCount)
        {
            throw Unusable(Guard.Text($"it stands at step {state.Step}, but this run has {plan.StepCount}"));
        }

        return new ResumePoint(state, Read(checkpoint, CountsKey, RunJson.Default.ImmutableArrayInt64), checkpoint.Tensors);
    }

    /// <summary>Opens the logs, without what they hold of steps after this one.</summary>
    public void OpenLog(long step) => log = Writing(() => new RunLog(path, plan, step));

    public void Save(RunState state, ImmutableArray<long> classPixels, Learner learner) => Writing(() =>
    {
        var texts = new Dictionary<string, string>
        {
            [StateKey] = JsonSerializer.Serialize(state, RunJson.Default.RunState),
            [OptionsKey] = description,
            [CountsKey] = JsonSerializer.Serialize(classPixels, RunJson.Default.ImmutableArrayInt64),
        };
        checkpoints.Save(state.Step, new CheckpointFile(texts, [.. learner.State.Select(item => Copy(item.Name, item.Value))]));
        return true;
    });

    /// <summary>The best model of a stage; <c>best.safetensors</c> is the last stage's.</summary>
    public void SaveBest(FcnNetwork network) => Writing(() =>
    {
        network.Save(BestPath(network.Options));
        return true;
    });

    /// <summary>Reads it back, in a process that did not make it.</summary>
    /// <exception cref="TrainingException">It is gone or damaged.</exception>
    public FcnNetwork LoadBest()
    {
        var best = BestPath(plan.Stages[^1]);
        try
        {
            return FcnNetwork.Load(best);
        }
        catch (IOException exception)
        {
            throw new TrainingException(
                $"The best model of this run cannot be read: {exception.Message}", "Its last weights are in the newest checkpoint.",
                exception);
        }
    }

    public void Log(long step, double loss, double rate, double picturesPerSecond, double waitingShare) => Writing(() =>
    {
        log!.Add(step, loss, rate, picturesPerSecond, waitingShare);
        return true;
    });

    public void Log(ValidationScores scores, IEnumerable<SamplePrediction> samples) => Writing(() =>
    {
        log!.Add(scores);
        foreach (var sample in samples)
        {
            log.Add(scores.Step, sample);
            var folder = Directory.CreateDirectory(Path.Combine(path, SamplesFolder)).FullName;
            var file = Guard.Text($"step-{scores.Step:d9}-{sample.Name}.png");
            AtomicFile.Write(Path.Combine(folder, file), stream => stream.Write(sample.Png));
        }

        return true;
    });

    public void Dispose()
    {
        log?.Dispose();
        claim.Dispose();
    }

    /// <summary>Refuses, before any step is made, what would end the run later: a folder in the place of a file, and the other way
    /// round.</summary>
    private static void CheckPlaces(string path)
    {
        if (File.Exists(path))
        {
            throw LogFile.Foreign(path, "is a file, but the run keeps a folder of that name.");
        }

        if (File.Exists(Path.Combine(path, SamplesFolder)))
        {
            throw LogFile.Foreign(Path.Combine(path, SamplesFolder), "is a file, but the run keeps a folder of that name.");
        }

        var inner = Directory.Exists(path) ? Directory.EnumerateDirectories(path) : [];
        if (inner.FirstOrDefault(folder => IsOfRun(folder)) is { } folder)
        {
            throw LogFile.Foreign(folder, "is a folder, but the run keeps a file of that name.");
        }

        static bool IsOfRun(string name) =>
            Path.GetExtension(name) is ".safetensors" or ".csv" or ".fcnsharp" || Path.GetFileName(name) == LockFile;
    }

    private static FileStream Claim(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return new FileStream(Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(
                $"{path}: cannot be used as the run's folder. {exception.Message}",
                "See that no other process trains there, and that it may be written.",
                exception);
        }
    }

    private IReadOnlyList<string> Differences(CheckpointFile checkpoint)
    {
        try
        {
            return RunDescription.Differences(checkpoint.Texts[OptionsKey], description);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or ArgumentException)
        {
            throw Unusable($"its {OptionsKey} cannot be read", exception);
        }
    }

    private T? Read<T>(CheckpointFile checkpoint, string key, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(checkpoint.Texts[key], type);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or ArgumentException)
        {
            throw Unusable($"its {key} cannot be read", exception);
        }
    }

    private TrainingException Unusable(string problem, Exception? cause = null) => new(
        FileText.Message(path, $"the newest checkpoint is none that a run has written: {problem}."),
        "Delete it, or use another folder.",
        cause);

    private static NamedTensor Copy(string name, Tensor tensor)
    {
        var values = TensorValues.Floats(tensor);
        return values.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
            ? throw new TrainingException($"{name} is no longer made of numbers, so no checkpoint was written over the last good one.",
                $"Lower the learning rate, or set {nameof(OptimizerOptions)}.{nameof(OptimizerOptions.MaxGradientNorm)}, " +
                "in another folder.")
            : new NamedTensor(name, [.. tensor.shape.Select(size => (int)size)], values);
    }

    private string BestPath(NetworkOptions stage) => Path.Combine(path, stage is FcnOptions earlier && stage != plan.Network
        ? $"best-{earlier.Variant.ToString().ToLowerInvariant()}.safetensors"
        : "best.safetensors");

    private T Writing<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(
                $"{exception.Message} Training stopped; the checkpoints written before are whole.",
                $"Make room or set the permissions in {path}, and run again with the same options: training goes on from there.",
                exception);
        }
    }
}

/// <summary>Where an interrupted run goes on.</summary>
/// <param name="State">Where it stood.</param>
/// <param name="ClassPixels">How many training pixels every class has; empty when they were not counted.</param>
/// <param name="Tensors">Its learner's state.</param>
internal sealed record ResumePoint(RunState State, ImmutableArray<long> ClassPixels, IReadOnlyList<NamedTensor> Tensors);
