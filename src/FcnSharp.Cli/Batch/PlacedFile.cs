using FcnSharp.Support;

namespace FcnSharp.Cli.Batch;

/// <summary>Writes a result atomically: the file is complete or does not exist, whenever the process ends.</summary>
/// <param name="partsFolder">The folder of temporary files, on the disk of the results; null means beside the results.</param>
internal sealed class PlacedFile(string? partsFolder)
{
    /// <summary>Creates the folders and writes the file.</summary>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public void Write(string path, Action<Stream> write)
    {
        MakeFolders(path);
        AtomicFile.Write(path, write, partsFolder);
    }

    /// <summary>Creates the folders and lets another program write the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="make">Writes the file to the given temporary path.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public void Make(string path, Action<string> make)
    {
        MakeFolders(path);
        AtomicFile.Make(path, make, partsFolder);
    }

    private void MakeFolders(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folder);
            Directory.CreateDirectory(partsFolder ?? folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: cannot be written. {exception.Message}", exception);
        }
    }
}
