using System.Globalization;
using System.Text;
using FcnSharp.Support;

namespace FcnSharp.Training.Reports;

/// <summary>A CSV table to which lines are appended; its first column is the step. Each line is written to the file at once.</summary>
internal sealed class CsvLog : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly string path;
    private readonly FileStream stream;

    /// <summary>Opens or creates a table. Lines after a step are removed, and so is an incomplete line of a killed process.</summary>
    /// <exception cref="TrainingException">The file exists but is not this table.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public CsvLog(string path, string header, long step)
    {
        this.path = path;
        stream = LogFile.Open(path);
        try
        {
            stream.SetLength(LengthUpTo(step, header));
            stream.Seek(0, SeekOrigin.End);
            if (stream.Length == 0)
            {
                Append(header);
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Appends a line. Numbers are written in round-trip format; null is an empty cell.</summary>
    public void Add(long step, IEnumerable<double?> values) =>
        Append(string.Join(',', values.Select(value => value?.ToString("R", CultureInfo.InvariantCulture) ?? "")
            .Prepend(step.ToString(CultureInfo.InvariantCulture))));

    public void Dispose() => stream.Dispose();

    private void Append(string line)
    {
        stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    private long LengthUpTo(long step, string header)
    {
        var buffer = new byte[BufferBytes];
        var line = new byte[Math.Max(BufferBytes, Encoding.UTF8.GetMaxByteCount(header.Length))];
        var (length, end, keep, number) = (0, 0L, 0L, 1);
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            foreach (var value in buffer.AsSpan(0, read))
            {
                end++;
                if (value != '\n')
                {
                    if (length == line.Length)
                    {
                        throw Foreign($"line {number} is longer than {line.Length} bytes");
                    }

                    line[length++] = value;
                    continue;
                }

                if (StepOf(line.AsSpan(0, length), number, header) > step)
                {
                    return keep;
                }

                (length, keep) = (0, end);
                number++;
            }
        }

        return number > 1 || header.StartsWith(Encoding.UTF8.GetString(line, 0, length), StringComparison.Ordinal)
            ? keep
            : throw Foreign($"it does not begin with the column names");
    }

    /// <summary>The step of a line; 0 for the column names.</summary>
    private long StepOf(ReadOnlySpan<byte> line, int number, string header)
    {
        var text = Encoding.UTF8.GetString(line).TrimEnd('\r');
        if (number == 1)
        {
            return text == header ? 0 : throw Foreign($"its column names are not those of this run");
        }

        return long.TryParse(text.Split(',', 2)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? step
            : throw Foreign($"line {number} does not begin with a step");
    }

    private TrainingException Foreign(InvariantText problem) =>
        LogFile.Foreign(path, $"is not the table of this run: {problem.ToStringAndClear()}.");
}
