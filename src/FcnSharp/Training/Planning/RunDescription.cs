using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FcnSharp.Data;
using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Training.Planning;

/// <summary>Everything that determines the weights of a run. A checkpoint contains it, and only a run with the same description can be
/// resumed from it.</summary>
internal sealed record RunDescription
{
    public required string TrainingPictures { get; init; }

    public required string? ValidationPictures { get; init; }

    public required string[] Classes { get; init; }

    public required IReadOnlyDictionary<string, string> Network { get; init; }

    public required string? Start { get; init; }

    public required FcnLearningOptions Learning { get; init; }

    public required Normalization Normalization { get; init; }

    public required int? WorkingSize { get; init; }

    public required bool Staged { get; init; }

    public required double StageRateFactor { get; init; }

    public required long StepsPerStage { get; init; }

    public required int BatchSize { get; init; }

    public required int Accumulation { get; init; }

    public required AugmentationOptions Augmentation { get; init; }

    public required LossOptions Loss { get; init; }

    public required OptimizerOptions Optimizer { get; init; }

    public required ScheduleOptions Schedule { get; init; }

    public required double? AverageDecay { get; init; }

    public required long? EvaluationInterval { get; init; }

    public required int LogInterval { get; init; }

    public required int Seed { get; init; }

    public static RunDescription Of(TrainingPlan plan) => new()
    {
        TrainingPictures = Fingerprint(plan.Training),
        ValidationPictures = plan.Validation is { } validation ? Fingerprint(validation) : null,
        Classes = [.. plan.Classes.Select(info => info.Name)],
        Network = plan.Network.Describe(),
        Start = plan.Options.Start is { } start ? Fingerprint(start) : null,
        Learning = plan.Options.Learning,
        Normalization = plan.Normalization,
        WorkingSize = plan.Options.WorkingSize,
        Staged = plan.Options.Staged,
        StageRateFactor = plan.Options.StageRateFactor,
        StepsPerStage = plan.StepsPerStage,
        BatchSize = plan.Options.BatchSize,
        Accumulation = plan.Options.Accumulation,
        Augmentation = plan.Options.Augmentation,
        Loss = plan.Options.Loss,
        Optimizer = plan.Options.Optimizer,
        Schedule = plan.Options.Schedule,
        AverageDecay = plan.Options.AverageDecay,
        EvaluationInterval = plan.Options.EvaluationInterval,
        LogInterval = plan.Options.LogInterval,
        Seed = plan.Options.Seed,
    };

    public string ToJson() => JsonSerializer.Serialize(this, RunJson.Default.RunDescription);

    /// <summary>The differences of two descriptions: <c>Optimizer.LearningRate: 0.001 there, 0.01 here</c>.</summary>
    public static IReadOnlyList<string> Differences(string there, string here)
    {
        var (old, now) = (Flat(there), Flat(here));
        return [.. now.Where(pair => old.TryGetValue(pair.Key, out var value) && value != pair.Value)
            .Select(pair => $"{pair.Key}: {old[pair.Key]} there, {pair.Value} here")];
    }

    private static Dictionary<string, string> Flat(string json)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("", JsonNode.Parse(json));
        return values;

        void Add(string path, JsonNode? node)
        {
            if (node is not JsonObject parts)
            {
                values[path] = node?.ToJsonString() ?? "null";
                return;
            }

            foreach (var (name, part) in parts)
            {
                Add(path.Length == 0 ? name : $"{path}.{name}", part);
            }
        }
    }

    /// <summary>The data set's name, the number of its pictures and a hash of their names; the files are not read.</summary>
    private static string Fingerprint(ISegmentationDataset dataset)
    {
        var hash = new XxHash3();
        for (var i = 0; i < dataset.Count; i++)
        {
            hash.Append(Encoding.Unicode.GetBytes($"{dataset.NameOf(i)}\n"));
        }

        return Guard.Text($"{dataset.Name}, {dataset.Count} pictures, {hash.GetCurrentHashAsUInt64():x16}");
    }

    private static string Fingerprint(FcnNetwork network)
    {
        var hash = new XxHash3();
        foreach (var tensor in network.Tensors)
        {
            LittleEndian.Pieces(tensor.Values.Span, hash.Append);
        }

        return hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);
    }
}
