using System.Text.Encodings.Web;
using System.Text.Json;

namespace FcnSharp.Benchmarks;

/// <summary>The results of a command: a table and a line of ratios on the console, and the same as JSON for charts.</summary>
/// <param name="command">The name of the command.</param>
/// <param name="conditions">What was measured, in one line.</param>
/// <param name="columns">The columns after the rows' names.</param>
internal sealed class Report(string command, string conditions, params ReportColumn[] columns)
{
    private readonly List<(string Name, double?[] Values)> rows = [];
    private readonly List<(string Name, object Value, string Format)> ratios = [];

    /// <summary>Options of the commands that report.</summary>
    public static IReadOnlyCollection<string> Options { get; } = ["json"];

    /// <summary>Adds a row with a value for each column; null means an empty cell, and trailing empty cells may be omitted.</summary>
    public void Row(string name, params double?[] values) =>
        rows.Add((name, [.. values, .. Enumerable.Repeat((double?)null, columns.Length - values.Length)]));

    /// <summary>Adds a value to the last line.</summary>
    public void Ratio(string name, double value, string format = "F2") => ratios.Add((name, value, format));

    /// <inheritdoc cref="Ratio(string, double, string)"/>
    public void Ratio(string name, string value) => ratios.Add((name, value, ""));

    /// <summary>Prints the report, and writes it to the file of <c>--json</c>, if given.</summary>
    public void Publish(Arguments arguments)
    {
        Console.WriteLine(conditions);
        Console.WriteLine();
        PrintTable();
        Console.WriteLine();
        Console.WriteLine($"{command}: {string.Join(' ', ratios.Select(ratio => $"{ratio.Name}={Text(ratio.Value, ratio.Format)}"))}");
        if (arguments.Find("json") is { } path)
        {
            using var stream = File.Create(path);
            WriteJson(stream);
        }
    }

    private static string Text(object? value, string format) => value is IFormattable number ? number.ToString(format, null) : $"{value}";

    private void PrintTable()
    {
        var first = rows.Max(row => row.Name.Length);
        Console.WriteLine($"{new string(' ', first)}{string.Concat(columns.Select(column => Cell(column, column.Heading)))}");
        foreach (var (name, values) in rows)
        {
            var cells = columns.Select((column, i) => Cell(column, Text(values[i], column.Format)));
            Console.WriteLine($"{name.PadRight(first)}{string.Concat(cells)}");
        }

        static string Cell(ReportColumn column, string text) => $"   {text.PadLeft(Math.Max(column.Heading.Length, 7))}";
    }

    private void WriteJson(Stream stream)
    {
        using var json = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("command", command);
        json.WriteString("conditions", conditions);
        json.WriteStartArray("rows");
        foreach (var (name, values) in rows)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            for (var i = 0; i < columns.Length; i++)
            {
                if (values[i] is { } value)
                {
                    json.WriteNumber(columns[i].Key, value);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("ratios");
        foreach (var (name, value, _) in ratios)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
