using FcnSharp.Support;

namespace FcnSharp.Cli.Batch;

/// <summary>Writes a result as a file that is whole or not there, whenever the process ends.</summary>
/// <param name="partsFolder">Where files grow, on the disk of the results; null means beside their places.</param>
internal sealed class PlacedFile(string? partsFolder)
{
    /// <summary>Makes the folders and writes the file.</summary>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public void Write(string path, Action<Stream> write)
    {
        MakeFolders(path);
        AtomicFile.Write(path, write, partsFolder);
    }

    /// <summary>Makes the folders and has the file made by another program.</summary>
    /// <param name="path">The file.</param>
    /// <param name="make">Makes the file where it is told to.</param>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
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
