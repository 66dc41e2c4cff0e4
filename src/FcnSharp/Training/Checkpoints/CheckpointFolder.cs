using System.Globalization;
using FcnSharp.Tensors;

namespace FcnSharp.Training.Checkpoints;

/// <summary>The checkpoints of a run: <c>checkpoint-000001234.safetensors</c> and so on, named after the number of completed
/// steps.</summary>
internal sealed class CheckpointFolder(string folder, int kept)
{
    private const string Prefix = "checkpoint-";
    private const string Extension = ".safetensors";

    /// <summary>The newest undamaged checkpoint; null if there are no checkpoints.</summary>
    /// <param name="notice">Receives a message for every damaged checkpoint that is skipped.</param>
    /// <exception cref="TrainingException">All checkpoints are damaged, or a checkpoint cannot be opened.</exception>
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
                notice($"{exception.Message} Training continues from the checkpoint before it.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new TrainingException(
                    exception.Message, "Make this checkpoint readable or delete it, and run again; or use another folder.", exception);
            }
        }

        return all.Count == 0
            ? null
            : throw new TrainingException($"{folder}: all {all.Count} checkpoints are damaged.",
            "Delete them to start from the beginning, or use another folder.");
    }

    /// <summary>Writes a checkpoint, then deletes the oldest ones beyond the number to keep.</summary>
    /// <exception cref="IOException">The file cannot be written; earlier checkpoints are unchanged.</exception>
    public void Save(long step, CheckpointFile checkpoint)
    {
        checkpoint.Write(PathOf(step));

        // Later checkpoints were damaged, so that the run was resumed from an earlier one.
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

    /// <summary>Deletes temporary files of a process that was killed while writing.</summary>
    public void RemoveLeftovers()
    {
        foreach (var path in Directory.EnumerateFiles(folder, $"*{Extension}.*.tmp"))
        {
            File.Delete(path);
        }
    }

    private string PathOf(long step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:d9}{Extension}"));

    /// <summary>The checkpoints, newest first.</summary>
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
