using System.Text.Json;

namespace FcnSharp.Benchmarks.Charts;

/// <summary>Bars under one heading.</summary>
/// <param name="Heading">What was measured.</param>
/// <param name="Unit">What the values are: the title of the chart.</param>
/// <param name="Bars">Names and values.</param>
internal sealed record ChartGroup(string Heading, string Unit, IReadOnlyList<(string Name, double Value)> Bars)
{
    /// <summary>Columns that a chart can show; the first that a report has is the one.</summary>
    private static readonly (string Key, string Unit)[] Columns =
    [
        ("to_ours", "Time, as a multiple of FcnSharp.Core's"),
        ("milliseconds", "Milliseconds"),
        ("per_pixel_to_512", "Time per pixel, as a multiple of that at 512x512"),
        ("to_one_caller", "Pictures per second, as a multiple of one caller's"),
    ];

    /// <summary>What <c>--json</c> wrote.</summary>
    /// <exception cref="IOException">It cannot be read, or holds no column that a chart shows.</exception>
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
            throw new IOException($"{path}: no report of this program that a chart shows; write one with --json.", exception);
        }
    }
}
