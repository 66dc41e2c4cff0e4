using System.Text.Json;
using System.Text.Json.Serialization;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>The results of a campaign so far; a campaign can continue from a saved state.</summary>
internal sealed class CampaignState
{
    /// <summary>Inputs of one command to a child.</summary>
    public const int BlockSize = 250;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public SortedDictionary<string, ReaderTally> Readers { get; init; } = new(StringComparer.Ordinal);

    public List<Failure> Failures { get; init; } = [];

    /// <summary>Loads the state of an earlier campaign; an empty state if the file does not exist.</summary>
    public static CampaignState Load(string? path) => path is not null && File.Exists(path)
        ? JsonSerializer.Deserialize<CampaignState>(File.ReadAllText(path), Json)!
        : new CampaignState();

    public void Save(string path)
    {
        File.WriteAllText($"{path}.tmp", JsonSerializer.Serialize(this, Json));
        File.Move($"{path}.tmp", path, overwrite: true);
    }

    public ReaderTally Of(string reader)
    {
        if (!Readers.TryGetValue(reader, out var tally))
        {
            Readers[reader] = tally = new ReaderTally();
        }

        return tally;
    }

    /// <summary>Records a failure.</summary>
    /// <returns>Whether the failure is the first of its cause.</returns>
    public bool Add(string reader, ulong seed, Verdict verdict)
    {
        var known = Failures.Find(failure => failure.Reader == reader && failure.Signature == verdict.Signature);
        if (known is null)
        {
            Failures.Add(known = new Failure { Reader = reader, Signature = verdict.Signature, Seed = seed, Detail = verdict.Detail });
        }

        return ++known.Count == 1;
    }

    /// <summary>The counts as a table in Markdown.</summary>
    public string ToTable()
    {
        string[] rows =
        [
            "| Reader | Inputs | Sound | Refused | Untyped exception | Bad message | Over the byte bound | Over the work bound | Crash |",
            "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
            .. Readers.Select(pair => Row($"`{pair.Key}`", pair.Value.Total, outcome => pair.Value.Of(outcome))),
            Row("all", Readers.Values.Sum(tally => tally.Total), outcome => Readers.Values.Sum(tally => tally.Of(outcome))),
        ];
        return string.Join('\n', rows) + "\n";

        static string Row(string name, long total, Func<Outcome, long> count) =>
            $"| {name} | {total:N0} | {string.Join(" | ", Enum.GetValues<Outcome>().Select(outcome => $"{count(outcome):N0}"))} |";
    }
}
