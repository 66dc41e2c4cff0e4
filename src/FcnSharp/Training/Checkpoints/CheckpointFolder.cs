using System.Globalization;
using FcnSharp.Tensors;

namespace FcnSharp.Training.Checkpoints;

/// <summary>The checkpoints of a run: <c>checkpoint-000001234.safetensors</c> and so on, named by the steps that are done.</summary>
internal sealed class CheckpointFolder(string folder, int kept)
{
    private const string Prefix = "checkpoint-";
    private const string Extension = ".safetensors";

    /// <summary>The newest checkpoint that is whole; null when there is none at all.</summary>
    /// <param name="notice">Told of every damaged one that is passed over.</param>
    /// <exception cref="TrainingException">There are some, but all are damaged, or one cannot be opened.</exception>
    public CheckpointFile? Newest(Action<string> notice)
    {
        var all = Files();
        foreach (var (_, path) in all)
        {
            try
            {
                return CheckpointFile.Read(path);
            }
            catch (WeightFileException exception)
            {
                notice($"{exception.Message} Training goes on from the checkpoint before it.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new TrainingException(
                    exception.Message, "Mend or delete this checkpoint, and run again; or use another folder.", exception);
            }
        }

        return all.Count == 0
            ? null
            : throw new TrainingException($"{folder}: none of the {all.Count} checkpoints is whole.",
                "Delete them to start anew, or use another folder.");
    }

    /// <summary>Writes a checkpoint, then removes those that are too many, oldest first.</summary>
    /// <exception cref="IOException">The file cannot be written; those before it are as they were.</exception>
    public void Save(long step, CheckpointFile checkpoint)
    {
        checkpoint.Write(PathOf(step));

        // Later ones are left from a run that was resumed from an earlier checkpoint, because they were damaged.
        foreach (var (number, path) in Files())
        {
            if (number > step)
            {
                File.Delete(path);
            }
        }

        foreach (var (_, path) in Files().Skip(kept))
        {
            File.Delete(path);
        }
    }

    /// <summary>Removes what a process that was killed left half-written.</summary>
    public void RemoveLeftovers()
    {
        foreach (var path in Directory.EnumerateFiles(folder, $"*{Extension}.*.tmp"))
        {
            File.Delete(path);
        }
    }

    private string PathOf(long step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:d9}{Extension}"));

    /// <summary>Newest first.</summary>
    private List<(long Step, string Path)> Files() =>
    [
        .. Directory.EnumerateFiles(folder, $"{Prefix}*{Extension}")
            .Where(path => path.EndsWith(Extension, StringComparison.Ordinal))
            .Select(path => (Step: StepOf(path), path))
            .Where(file => file.Step >= 0)
            .OrderByDescending(file => file.Step),
    ];

    private static long StepOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path).AsSpan(Prefix.Length), NumberStyles.None,
            CultureInfo.InvariantCulture, out var step)
            ? step
            : -1;
}
