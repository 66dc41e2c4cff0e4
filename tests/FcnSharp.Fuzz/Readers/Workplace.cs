namespace FcnSharp.Fuzz.Readers;

/// <summary>A folder for the files of one input, in memory if the system has a memory file system.</summary>
internal sealed class Workplace(string folder)
{
    public string Folder => folder;

    /// <summary>A folder for the files of a process.</summary>
    public static string NewFolder() => Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"fcn-fuzz-{Guid.NewGuid():N}"[..20])).FullName;

    /// <summary>Writes a file into the folder or a subfolder, and replaces an older one.</summary>
    public string Put(string path, byte[] bytes)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return full;
    }

    /// <summary>Writes a file that is the same for every input.</summary>
    public void PutOnce(string path, byte[] bytes)
    {
        if (!File.Exists(Path.Combine(folder, path)))
        {
            Put(path, bytes);
        }
    }

    /// <summary>Creates an empty subfolder.</summary>
    public string Clear(string name)
    {
        var full = Path.Combine(folder, name);
        if (Directory.Exists(full))
        {
            Directory.Delete(full, recursive: true);
        }

        return Directory.CreateDirectory(full).FullName;
    }
}
