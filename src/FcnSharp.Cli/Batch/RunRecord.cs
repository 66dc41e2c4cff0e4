using System.Globalization;
using System.Text;

namespace FcnSharp.Cli.Batch;

/// <summary>The record of finished pictures, in <c>.fcn</c> in the folder for results, with which a later run can skip them.</summary>
/// <remarks>
/// Every process appends to its own file a line for each picture whose results are complete. Any number of processes can share a folder,
/// and a process that is killed loses only its last picture. If a picture has several lines, the last one counts. Not thread-safe.
/// </remarks>
internal sealed class RunRecord : IDisposable
{
    /// <summary>Length of a line: time, name and fingerprint in hexadecimal digits, separated by blanks.</summary>
    private const int LineLength = 16 + 1 + 32 + 1 + 32;

    /// <summary>The age from which a temporary file is considered to be left over from a killed process.</summary>
    private static readonly TimeSpan PartsLifetime = TimeSpan.FromHours(1);

    private readonly string folder;
    private readonly Dictionary<UInt128, (long Time, UInt128 Fingerprint)> done = [];
    private FileStream? own;

    public RunRecord(string output)
    {
        folder = Path.Combine(Path.GetFullPath(output), ".fcn");
        PartsFolder = Path.Combine(folder, "parts");
    }

    /// <summary>The folder of temporary files, which are renamed to results when they are complete.</summary>
    public string PartsFolder { get; }

    /// <summary>Reads the finished pictures of all processes for which <paramref name="concerns"/> is true.</summary>
    public void Load(Func<UInt128, bool> concerns)
    {
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "done-*.txt") : [])
        {
            using var reader = new StreamReader(
                new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            while (reader.ReadLine() is { } line)
            {
                if (TryParse(line, out var time, out var name, out var fingerprint) && concerns(name)
                    && !(done.TryGetValue(name, out var known) && known.Time > time))
                {
                    done[name] = (time, fingerprint);
                }
            }
        }
    }

    public bool Has(UInt128 name, UInt128 fingerprint) => done.TryGetValue(name, out var known) && known.Fingerprint == fingerprint;

    /// <summary>Records a picture whose results are complete.</summary>
    public void Add(UInt128 name, UInt128 fingerprint)
    {
        own ??= Create();
        own.Write(Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow.Ticks:x16} {name:x32} {fingerprint:x32}\n")));
        own.Flush();
    }

    /// <summary>Deletes the temporary files of killed processes.</summary>
    public void RemoveOldParts()
    {
        foreach (var part in Directory.Exists(PartsFolder) ? Directory.EnumerateFiles(PartsFolder) : [])
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(part) > PartsLifetime)
            {
                File.Delete(part);
            }
        }
    }

    public void Dispose() => own?.Dispose();

    private FileStream Create()
    {
        Directory.CreateDirectory(folder);
        return new FileStream(Path.Combine(folder, $"done-{Guid.NewGuid():N}.txt"), FileMode.CreateNew, FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>Parses a line; false for the incomplete last line of a killed process.</summary>
    private static bool TryParse(string line, out long time, out UInt128 name, out UInt128 fingerprint)
    {
        (time, name, fingerprint) = (0, default, default);
        return line.Length == LineLength
            && long.TryParse(line.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out time)
            && UInt128.TryParse(line.AsSpan(17, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out name)
            && UInt128.TryParse(line.AsSpan(50, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out fingerprint);
    }
}
