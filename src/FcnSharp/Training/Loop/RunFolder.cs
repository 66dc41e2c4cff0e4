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

/// <summary>The folder of a run: its checkpoints, the best model of each stage, the logs and the sample predictions. Only one process at
/// a time can use it.</summary>
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

    /// <exception cref="TrainingException">Another process uses the folder, it cannot be written, or something in it has the name of a file
    /// or folder of the run.</exception>
    public RunFolder(TrainingPlan plan, string path)
    {
        (this.plan, this.path, description) = (plan, path, RunDescription.Of(plan).ToJson());
        CheckPlaces(path);
        claim = Claim(path);
        checkpoints = new CheckpointFolder(path, plan.Options.CheckpointsKept);
        checkpoints.RemoveLeftovers();
    }

    /// <summary>The newest checkpoint of an earlier process of this run; null if there is none.</summary>
    /// <exception cref="TrainingException">The folder contains a run of other options, or all checkpoints are damaged.</exception>
    public ResumePoint? Resume(Action<string> notice)
    {
        if (checkpoints.Newest(notice) is not { } checkpoint)
        {
            return null;
        }

        if (Differences(checkpoint) is { Count: > 0 } differences)
        {
            throw new TrainingException(
                $"{path}: contains a run with other options. {FileText.Shown(string.Join("; ", differences), ShownDifferences)}.",
                "Use another folder, or the options of that run to continue it.");
        }

        var state = Read(checkpoint, StateKey, RunJson.Default.RunState);
        if (state is null || state.History.IsDefault)
        {
            throw Unusable($"its {StateKey} cannot be read");
        }

        if (state.Step < 0 || state.Step > plan.StepCount)
        {
            throw Unusable(Guard.Text($"it is at step {state.Step}, but this run has {plan.StepCount}"));
        }

        return new ResumePoint(state, Read(checkpoint, CountsKey, RunJson.Default.ImmutableArrayInt64), checkpoint.Tensors);
    }

    /// <summary>Opens the logs, and removes their entries of later steps.</summary>
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

    /// <summary>Saves the best model of a stage; <c>best.safetensors</c> is that of the last stage.</summary>
    public void SaveBest(FcnNetwork network) => Writing(() =>
    {
        network.Save(BestPath(network.Options));
        return true;
    });

    /// <summary>Reads the best model of the last stage, which an earlier process saved.</summary>
    /// <exception cref="TrainingException">The model is missing or damaged.</exception>
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

    /// <summary>Refuses, before the first step, name conflicts that would abort the run later: a folder with the name of a file, and vice
    /// versa.</summary>
    private static void CheckPlaces(string path)
    {
        if (File.Exists(path))
        {
            throw LogFile.Foreign(path, "is a file, but the run needs a folder of that name.");
        }

        if (File.Exists(Path.Combine(path, SamplesFolder)))
        {
            throw LogFile.Foreign(Path.Combine(path, SamplesFolder), "is a file, but the run needs a folder of that name.");
        }

        var inner = Directory.Exists(path) ? Directory.EnumerateDirectories(path) : [];
        if (inner.FirstOrDefault(folder => IsOfRun(folder)) is { } folder)
        {
            throw LogFile.Foreign(folder, "is a folder, but the run needs a file of that name.");
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
                "Check that no other process uses it, and that it may be written.",
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
        FileText.Message(path, $"the newest checkpoint was not written by a training run: {problem}."),
        "Delete it, or use another folder.",
        cause);

    private static NamedTensor Copy(string name, Tensor tensor)
    {
        var values = TensorValues.Floats(tensor);
        return values.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
            ? throw new TrainingException($"{name} has infinite or NaN values, so no checkpoint was written after the last good one.",
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
                $"{exception.Message} Training stopped; earlier checkpoints are complete.",
                $"Free disk space or fix the permissions of {path}, and run again with the same options: training continues from there.",
                exception);
        }
    }
}

/// <summary>The point from which an interrupted run continues.</summary>
/// <param name="State">The state of the run.</param>
/// <param name="ClassPixels">Number of training pixels of every class; empty if they were not counted.</param>
/// <param name="Tensors">The state of the learner.</param>
internal sealed record ResumePoint(RunState State, ImmutableArray<long> ClassPixels, IReadOnlyList<NamedTensor> Tensors);
