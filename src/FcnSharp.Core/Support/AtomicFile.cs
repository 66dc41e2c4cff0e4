namespace FcnSharp.Support;

/// <summary>Writes a file atomically: to a temporary file first, which is then renamed to the target. If the process exits in the middle,
/// by <see cref="Environment.Exit"/> or on SIGTERM, the temporary file is deleted.</summary>
internal static class AtomicFile
{
    private static readonly TimeSpan LongestExit = TimeSpan.FromSeconds(10);
    private static readonly Lock gate = new();
    private static readonly HashSet<string> parts = new(StringComparer.Ordinal);
    private static Thread? exiting;

    static AtomicFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => DeleteParts();

    /// <summary>Writes <paramref name="path"/>, replacing what was there only when <paramref name="write"/> has succeeded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the file's bytes to the stream.</param>
    /// <param name="growsIn">The folder of the temporary file, on the same file system; null means the folder of
    /// <paramref name="path"/>.</param>
    /// <exception cref="IOException">The folder is missing, the disk is full, or the file cannot be replaced. The old file is
    /// untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static void Write(string path, Action<Stream> write, string? growsIn = null) => Make(
        path,
        part =>
        {
            using var stream = Create(part);
            write(stream);
            stream.Flush(flushToDisk: true);
        },
        growsIn);

    /// <summary>Lets <paramref name="make"/> create <paramref name="path"/>, for example by another program, and replaces what was there
    /// only when it has succeeded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="make">Creates the temporary file whose path it gets.</param>
    /// <param name="growsIn">As for <see cref="Write"/>.</param>
    /// <exception cref="IOException">As for <see cref="Write"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static void Make(string path, Action<string> make, string? growsIn = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target))
        {
            throw new IOException($"{path}: is a folder, so no file can be written there. Add a file name.");
        }

        if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{path}: its folder does not exist. Create it first.");
        }

        var part = growsIn is null ? $"{target}.{Guid.NewGuid():N}.tmp" : Path.Combine(growsIn, $"{Guid.NewGuid():N}.tmp");
        lock (gate)
        {
            parts.Add(part);
        }

        try
        {
            make(part);
            File.Move(part, target, overwrite: true);
        }
        catch (UnauthorizedAccessException exception)
        {
            File.Delete(part);
            throw new UnauthorizedAccessException($"{path}: may not be written. Check the permissions of the file and its folder.",
                exception);
        }
        catch (Exception exception) when (exception is IOException || IsTooLarge(exception))
        {
            File.Delete(part);
            throw new IOException($"{path}: could not be written. {exception.Message}", exception);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
        finally
        {
            lock (gate)
            {
                parts.Remove(part);
            }
        }
    }

    /// <summary>Creates a temporary file, unless another thread is exiting the process: then nothing would delete it, so this thread waits
    /// for the end. The exiting thread may write in its own handlers of the end.</summary>
    private static FileStream Create(string part)
    {
        lock (gate)
        {
            if (exiting is null || exiting == Thread.CurrentThread)
            {
                return new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            }
        }

        Thread.Sleep(LongestExit);
        throw new IOException("The process is exiting.");
    }

    private static void DeleteParts()
    {
        lock (gate)
        {
            exiting = Thread.CurrentThread;
            foreach (var part in parts)
            {
                TryDelete(part);
            }
        }
    }

    private static void TryDelete(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Some systems do not delete an open file. Its name, which ends in .tmp, shows that it is unfinished.
        }
    }

    /// <summary>.NET reports EFBIG, a file above the limit of the file system or the process, as this exception.</summary>
    private static bool IsTooLarge(Exception exception) => exception is ArgumentOutOfRangeException { ParamName: "value" };
}
