using FcnSharp.Support;

namespace FcnSharp.Training.Reports;

/// <summary>Opens the files that a run appends to.</summary>
internal static class LogFile
{
    /// <summary>Opens or creates a file. The caller disposes the stream.</summary>
    /// <exception cref="TrainingException">The path exists but is not a regular file.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw Foreign(path, "is a folder, but the run needs a file of that name.");
        }

        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        if (!stream.CanSeek)
        {
            stream.Dispose();
            throw Foreign(path, "is a device or a pipe, but the run needs a file of that name.");
        }

        return stream;
    }

    /// <summary>The exception for something that has the name of a file of the run.</summary>
    public static TrainingException Foreign(string path, string problem) =>
        new(FileText.Message(path, problem), "Move it away or delete it, and run again; or use another folder.");
}
