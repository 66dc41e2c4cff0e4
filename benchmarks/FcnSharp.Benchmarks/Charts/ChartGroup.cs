using System.Text.Json;

namespace FcnSharp.Benchmarks.Charts;

/// <summary>Bars under one heading.</summary>
/// <param name="Heading">The heading of the group.</param>
/// <param name="Unit">The quantity of the values: the title of the chart.</param>
/// <param name="Bars">Names and values.</param>
internal sealed record ChartGroup(string Heading, string Unit, IReadOnlyList<(string Name, double Value)> Bars)
{
    /// <summary>Columns that a chart can show; the first one that a report has is shown.</summary>
    private static readonly (string Key, string Unit)[] Columns =
    [
        ("to_ours", "Time, as a multiple of FcnSharp.Core's"),
        ("milliseconds", "Milliseconds"),
        ("per_pixel_to_512", "Time per pixel, as a multiple of that at 512x512"),
        ("to_one_caller", "Pictures per second, as a multiple of one caller's"),
    ];

    /// <summary>Loads a report that <c>--json</c> wrote.</summary>
    /// <exception cref="IOException">The file cannot be read, or has no column that a chart can show.</exception>
    public static ChartGroup Load(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
            var (key, unit) = Columns.First(column => rows.Exists(row => row.TryGetProperty(column.Key, out _)));
            return new ChartGroup(
                json.RootElement.GetProperty("conditions").GetString()!,
                unit,
                [.. rows.Where(row => row.TryGetProperty(key, out _))
                    .Select(row => (row.GetProperty("name").GetString()!, row.GetProperty(key).GetDouble()))]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new IOException($"{path}: not a report that a chart can show. Write one with --json.", exception);
        }
    }
}
