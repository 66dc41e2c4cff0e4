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

        AtomicFile.Write(path, write, partsFolder);
    }
}
