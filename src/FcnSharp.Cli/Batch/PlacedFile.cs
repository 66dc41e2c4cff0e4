namespace FcnSharp.Cli.Batch;

/// <summary>Writes a result as a file that is whole or not there, whenever the process ends.</summary>
/// <param name="partsFolder">Where files grow, on the disk of the results; null means beside their places.</param>
internal sealed class PlacedFile(string? partsFolder)
{
    /// <summary>Writes to a part first and then renames it.</summary>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public void Write(string path, Action<Stream> write)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folder);
            Directory.CreateDirectory(partsFolder ?? folder);
            var part = Path.Combine(partsFolder ?? folder, $"{Guid.NewGuid():N}.tmp");
            try
            {
                WriteTo(part, write);
                File.Move(part, path, overwrite: true);
            }
            catch
            {
                File.Delete(part);
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || IsTooLarge(exception))
        {
            throw new IOException($"{path}: cannot be written. {exception.Message}", exception);
        }
    }

    /// <summary>What .NET makes of a file that is larger than the file system allows.</summary>
    private static bool IsTooLarge(Exception exception) => exception is ArgumentOutOfRangeException { ParamName: "value" };

    private static void WriteTo(string part, Action<Stream> write)
    {
        using var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        write(stream);
        stream.Flush(flushToDisk: true);
    }
}
