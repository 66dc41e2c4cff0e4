using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FcnSharp.Cli.Terminal;

/// <summary>Progress for a program, one line per report:
/// <c>{"event":"progress","what":"segmenting","done":3,"total":10,"per_second":1.9,"note":""}</c>.</summary>
internal sealed class JsonProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.1);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan next = TimeSpan.Zero;

    /// <summary>Writes a line unless the last one is too recent; the final line is always written.</summary>
    public void Show(string what, int done, int total, string note)
    {
        var now = clock.Elapsed;
        if (now < next && done < total)
        {
            return;
        }

        next = now + Interval;
        var line = new ProgressEvent("progress", what, done, total, Math.Round(done / Math.Max(now.TotalSeconds, 1e-3), 2), note);
        Console.Error.WriteLine(JsonSerializer.Serialize(line, ProgressEventContext.Default.ProgressEvent));
    }
}

/// <summary>One line of progress.</summary>
internal sealed record ProgressEvent(string Event, string What, int Done, int Total, double PerSecond, string Note);

/// <summary>Source-generated serialisation, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProgressEvent))]
internal sealed partial class ProgressEventContext : JsonSerializerContext;
