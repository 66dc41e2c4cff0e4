namespace FcnSharp.Support;

/// <summary>Opens files that the user names; the exception says in one line why a file cannot be opened.</summary>
internal static class InputFile
{
    private const int BufferBytes = 1 << 16;
    private const string TooLarge = "is larger than 2 GB.";

    /// <summary>Opens <paramref name="path"/> for sequential reading. The caller disposes the stream.</summary>
    /// <remarks>
    /// Devices, pipes and sockets have a length of 0, like empty files. None of them is opened: a pipe may block, and a device may have
    /// no end.
    /// </remarks>
    /// <param name="path">The file, as the user wrote it.</param>
    /// <param name="refuse">Makes the exception, from a reason and a remedy, for a path that exists but is not a file with content.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FileStream Open(string path, Func<string, string, Exception> refuse)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw refuse("is a folder, not a file.", "Name a file in it.");
        }

        if (Regular(path).Length == 0)
        {
            throw refuse(
                "is empty (0 bytes), or a device or a pipe instead of a regular file.", "Copy the file again, or name another one.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"{path}: may not be read. Check its permissions.", exception);
        }
    }

    /// <summary>The file that a path refers to, with all links resolved.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static FileInfo Regular(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"{path}: no such file.", path);
        }

        if (file.LinkTarget is null)
        {
            return file;
        }

        try
        {
            if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target)
            {
                return target;
            }
        }
        catch (IOException)
        {
            // The links form a cycle.
        }

        throw new FileNotFoundException($"{path}: is a link whose target does not exist. Restore the file, or remove the link.", path);
    }

    /// <summary>
    /// Reads <paramref name="stream"/> from its current position to its end; it need not be seekable. Refuses more bytes than an array can
    /// hold.
    /// </summary>
    public static ReadOnlyMemory<byte> ReadAll(Stream stream, Func<string, string, Exception> refuse)
    {
        using var bytes = RoomFor(stream, refuse);
        var buffer = new byte[BufferBytes];
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            Add(bytes, buffer.AsSpan(0, read), refuse);
        }

        return Written(bytes);
    }

    /// <summary>The asynchronous form of <see cref="ReadAll"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAllAsync(
        Stream stream, Func<string, string, Exception> refuse, CancellationToken cancellationToken)
    {
        using var bytes = RoomFor(stream, refuse);
        var buffer = new byte[BufferBytes];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            Add(bytes, buffer.AsSpan(0, read), refuse);
        }

        return Written(bytes);
    }

    private static MemoryStream RoomFor(Stream stream, Func<string, string, Exception> refuse)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var rest = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : 0;
        return rest <= Array.MaxLength ? new MemoryStream((int)rest) : throw refuse(TooLarge, "Make it smaller first.");
    }

    private static void Add(MemoryStream bytes, ReadOnlySpan<byte> more, Func<string, string, Exception> refuse)
    {
        if (bytes.Length + more.Length > Array.MaxLength)
        {
            throw refuse(TooLarge, "Make it smaller first.");
        }

        bytes.Write(more);
    }

    private static ReadOnlyMemory<byte> Written(MemoryStream bytes) => bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
}
