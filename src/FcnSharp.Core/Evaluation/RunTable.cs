using System.Globalization;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>Reads a table in a run folder: a line of column names, then lines of numbers. The first column is the step.</summary>
internal static class RunTable
{
    /// <summary>Maximum number of characters, enough for the IoU of 255 classes.</summary>
    private const int LongestLine = 1 << 16;

    private const int MostLines = 10_000_000;

    /// <summary>Reads the lines. A last line that is incomplete, because a run is writing it, is left out.</summary>
    /// <param name="path">The table.</param>
    /// <param name="columns">The columns to read.</param>
    /// <returns>For each line, the values of the columns; NaN for a column that the table does not have.</returns>
    /// <exception cref="IOException">The file cannot be read or is not such a table.</exception>
    public static IEnumerable<double[]> Read(string path, params string[] columns)
    {
        using var stream = InputFile.Open(path, (reason, _) => Refuse(path, reason));
        using var reader = new StreamReader(stream);
        string[] names = [];
        int[] places = [];
        foreach (var (number, line) in TextLines.Read(reader, LongestLine, MostLines, reason => Refuse(path, reason)))
        {
            var cells = line.Split(',');
            if (number == 1)
            {
                (names, places) = (cells, [.. columns.Select(column => Array.IndexOf(cells, column))]);
                CheckNames(path, names, columns[0]);
            }
            else if (cells.Length == names.Length)
            {
                yield return [.. places.Select(place => place < 0 ? double.NaN : Number(path, number, names[place], cells[place]))];
            }
            else if (reader.Peek() >= 0)
            {
                throw Refuse(path, Guard.Text($"line {number} has {cells.Length} cells, but the first line names {names.Length}."));
            }
        }
    }

    private static void CheckNames(string path, string[] names, string first)
    {
        if (names[0] != first)
        {
            throw Refuse(path, $"is not a table of a training run: its first column is \"{FileText.Shown(names[0])}\", not \"{first}\".");
        }
    }

    private static double Number(string path, int line, string column, string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number >= 0
            ? number
            : throw Refuse(path, Guard.Text($"line {line} has the {column} \"{FileText.Shown(cell)}\", not a non-negative number."));

    private static IOException Refuse(string path, string reason) =>
        new(FileText.Message(path, $"{reason} Give the folder of a training run as it was written."));
}
