using System.Globalization;
using System.Text;

namespace FcnSharp.Cli.Batch;

/// <summary>What is done, kept in <c>.fcn</c> in the folder for results, so that a later run need not do it again.</summary>
/// <remarks>
/// Every process appends to a file of its own, a line for each picture after its results are in place: any number of processes may share a
/// folder, and one that is killed loses nothing but its last picture. The last line about a picture counts. Not thread-safe.
/// </remarks>
internal sealed class RunRecord : IDisposable
{
    /// <summary>Time, name and fingerprint in hexadecimal digits, and blanks between.</summary>
    private const int LineLength = 16 + 1 + 32 + 1 + 32;

    /// <summary>Parts of files that nobody has touched for so long are left over from a process that was killed.</summary>
    private static readonly TimeSpan PartsLifetime = TimeSpan.FromHours(1);

    private readonly string folder;
    private readonly Dictionary<UInt128, (long Time, UInt128 Fingerprint)> done = [];
    private FileStream? own;

    public RunRecord(string output)
    {
        folder = Path.Combine(Path.GetFullPath(output), ".fcn");
        PartsFolder = Path.Combine(folder, "parts");
    }

    /// <summary>Where results grow until they are renamed into place.</summary>
    public string PartsFolder { get; }

    /// <summary>Reads what all processes have done so far, of the pictures that <paramref name="concerns"/> is true for.</summary>
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

    /// <summary>Notes a picture whose results are in place.</summary>
    public void Add(UInt128 name, UInt128 fingerprint)
    {
        own ??= Create();
        own.Write(Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow.Ticks:x16} {name:x32} {fingerprint:x32}\n")));
        own.Flush();
    }

    /// <summary>Deletes what killed processes have left unfinished.</summary>
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

    /// <summary>False for the last line of a process that was killed while writing it.</summary>
    private static bool TryParse(string line, out long time, out UInt128 name, out UInt128 fingerprint)
    {
        (time, name, fingerprint) = (0, default, default);
        return line.Length == LineLength
            && long.TryParse(line.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out time)
            && UInt128.TryParse(line.AsSpan(17, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out name)
            && UInt128.TryParse(line.AsSpan(50, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out fingerprint);
    }
}
