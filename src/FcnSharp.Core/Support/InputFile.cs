namespace FcnSharp.Support;

/// <summary>Opens a file that somebody named, and says in one line why it cannot be opened.</summary>
internal static class InputFile
{
    /// <summary>Opens <paramref name="path"/> for sequential reading. The caller disposes the stream.</summary>
    /// <param name="path">The file, as the user wrote it.</param>
    /// <param name="refuse">Makes the exception for a path that exists but is no such file, from the reason.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FileStream Open(string path, Func<string, Exception> refuse)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw refuse("is a folder, not a file.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: no such file.", path);
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"{path}: may not be read. Check its permissions.", exception);
        }
    }

    /// <summary>
    /// Reads <paramref name="stream"/> from where it stands to its end; it need not be seekable. More than an array holds is refused.
    /// </summary>
    public static ReadOnlyMemory<byte> ReadAll(Stream stream, Func<string, Exception> refuse)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var rest = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : 0;
        if (rest > Array.MaxLength)
        {
            throw refuse("is larger than 2 GB. Make it smaller first.");
        }

        using var bytes = new MemoryStream((int)rest);
        var buffer = new byte[1 << 16];
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            if (bytes.Length + read > Array.MaxLength)
            {
                throw refuse("is larger than 2 GB. Make it smaller first.");
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
