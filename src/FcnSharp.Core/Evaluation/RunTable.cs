using System.Globalization;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>Reads a table in a run folder: a line of column names, then lines of numbers. The first column is the step.</summary>
internal static class RunTable
{
    /// <summary>Maximum number of characters, enough for the IoU of 255 classes.</summary>
    private const int LongestLine = 1 << 16;

    private const int MostLines = 10_000_000;

    private const double LargestNumber = 1e15;

    /// <summary>Reads the lines. A last line that is incomplete, because a run is writing it, is left out.</summary>
    /// <param name="path">The table.</param>
    /// <param name="columns">The columns to read.</param>
    /// <param name="optional">Columns that older tables do not have.</param>
    /// <returns>For each line, the values of the columns, then of the optional ones; NaN for a column that the table does not
    /// have.</returns>
    /// <exception cref="IOException">The file cannot be read or is not such a table.</exception>
    public static IEnumerable<double[]> Read(string path, string[] columns, string[] optional)
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
                (names, places) = (cells, [.. columns.Concat(optional).Select(column => Array.IndexOf(cells, column))]);
                CheckNames(path, names, columns);
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

    private static void CheckNames(string path, string[] names, string[] columns)
    {
        if (names[0] != columns[0])
        {
            throw Refuse(
                path, $"is not a table of a training run: its first column is \"{FileText.Shown(names[0])}\", not \"{columns[0]}\".");
        }

        if (columns.Except(names).FirstOrDefault() is { } missing)
        {
            throw Refuse(path, $"is not a table of a training run: it has no column \"{missing}\".");
        }
    }

    private static double Number(string path, int line, string column, string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= LargestNumber
            ? number
            : throw Refuse(path, Guard.Text($"line {line} has the {column} \"{FileText.Shown(cell)}\", not a number from 0 to 1e15."));

    private static IOException Refuse(string path, string reason) =>
        new(FileText.Message(path, $"{reason} Give the folder of a training run as it was written."));
}
