using System.Globalization;

namespace FcnSharp.Cli.Batch;

/// <summary>One of several processes that share the pictures. The hash of a picture's name selects the process, so the set of pictures may
/// change.</summary>
/// <param name="Index">0 to <paramref name="Count"/> - 1.</param>
/// <param name="Count">Number of processes, at least 1.</param>
internal readonly record struct Shard(int Index, int Count)
{
    private const string Form = "--shard takes I/N with I from 1 to N, such as 2/4, or auto in a Slurm array, " +
        "or auto/N in a Kubernetes Indexed Job";

    public static Shard Whole { get; } = new(0, 1);

    public bool Has(UInt128 name) => (int)(name % (UInt128)Count) == Index;

    /// <summary>Reads <c>I/N</c>, <c>auto</c> or <c>auto/N</c>.</summary>
    public static Shard Parse(string text, Func<string, string?> environment)
    {
        var parts = text.Split('/');
        int? count = parts.Length == 2 ? Number(parts[1], text) : null;
        var shard = parts[0].Equals("auto", StringComparison.OrdinalIgnoreCase) ? FromEnvironment(count, environment)
            : count is null ? throw new UsageException($"{Form}, but got {text}.")
            : new Shard(Number(parts[0], text) - 1, count.Value);
        return shard.Index >= 0 && shard.Index < shard.Count
            ? shard
            : throw new UsageException($"{Form}; {shard.Index + 1}/{shard.Count} is out of range.");
    }

    private static Shard FromEnvironment(int? count, Func<string, string?> environment)
    {
        var (slurm, kubernetes) = (environment("SLURM_ARRAY_TASK_ID"), environment("JOB_COMPLETION_INDEX"));
        return (slurm, kubernetes) switch
        {
            (not null, null) => FromSlurm(count, name => Number(environment(name) ?? "", name)),
            (null, not null) => FromKubernetes(count, kubernetes),
            (null, null) => throw new UsageException("--shard auto finds neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX. " +
                "Outside of a Slurm array or an Indexed Job, write --shard I/N."),
            _ => throw new UsageException("--shard auto finds both SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX. Write --shard I/N."),
        };
    }

    private static Shard FromSlurm(int? count, Func<string, int> read)
    {
        var (first, last, tasks) = (read("SLURM_ARRAY_TASK_MIN"), read("SLURM_ARRAY_TASK_MAX"), read("SLURM_ARRAY_TASK_COUNT"));
        if (last - first != tasks - 1)
        {
            throw new UsageException($"--shard auto needs an array without gaps, but this one has {tasks} tasks from {first} to {last}. " +
                "Write --shard I/N.");
        }

        return count is null || count == tasks
            ? new Shard(read("SLURM_ARRAY_TASK_ID") - first, tasks)
            : throw new UsageException($"--shard auto/{count}: the Slurm array has {tasks} tasks. " +
                $"Write --shard auto, or --shard I/{count} to run a part of it again.");
    }

    private static Shard FromKubernetes(int? count, string index) => count is { } completions
        ? new Shard(Number(index, "JOB_COMPLETION_INDEX"), completions)
        : throw new UsageException("--shard auto: Kubernetes states the index of a completion but not their number. " +
            "Write --shard auto/N, with N as in \"completions\".");

    private static int Number(string digits, string of) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new UsageException($"{Form}, but got \"{digits}\" in {of}.");
}
