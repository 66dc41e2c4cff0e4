using System.Globalization;
using System.Text;

namespace FcnSharp.Training.Reports;

/// <summary>A table of numbers that grows by lines, whose first column is the step. Each line is handed to the system at once.</summary>
internal sealed class CsvLog : IDisposable
{
    private readonly FileStream stream;

    /// <summary>Opens or starts a table. Lines after a step are removed, and one that was cut off by a killed process.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public CsvLog(string path, string header, long step)
    {
        stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        stream.SetLength(LengthUpTo(step));
        stream.Seek(0, SeekOrigin.End);
        if (stream.Length == 0)
        {
            Append(header);
        }
    }

    /// <summary>Adds a line. Numbers are written so that they read back to the bit; null is an empty cell.</summary>
    public void Add(long step, IEnumerable<double?> values) =>
        Append(string.Join(',', values.Select(value => value?.ToString("R", CultureInfo.InvariantCulture) ?? "")
            .Prepend(step.ToString(CultureInfo.InvariantCulture))));

    public void Dispose() => stream.Dispose();

    private void Append(string line)
    {
        stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    private long LengthUpTo(long step)
    {
        var bytes = new byte[stream.Length];
        stream.Position = 0;
        stream.ReadExactly(bytes);

        var keep = 0;
        for (var at = 0; Array.IndexOf(bytes, (byte)'\n', at) is >= 0 and var end; at = end + 1)
        {
            var line = Encoding.UTF8.GetString(bytes, at, end - at);
            if (at > 0
                && (!long.TryParse(line.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > step))
            {
                break;
            }

            keep = end + 1;
        }

        return keep;
    }
}
