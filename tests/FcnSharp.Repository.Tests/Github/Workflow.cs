using System.Text.RegularExpressions;

namespace FcnSharp.RepositoryTests.Github;

/// <summary>A workflow, with the keys that this repository uses.</summary>
internal sealed partial class Workflow
{
    private const int LongestJob = 90;

    public required string Name { get; init; }

    public required object On { get; init; }

    public Dictionary<string, string>? Permissions { get; init; }

    public Concurrency? Concurrency { get; init; }

    public required Dictionary<string, Job> Jobs { get; init; }

    /// <summary>Faults of a workflow: excess permissions, unpinned actions, missing limits.</summary>
    public static IEnumerable<string> FaultsOf(string text)
    {
        foreach (Match action in Uses().Matches(text))
        {
            if (!Pinned().IsMatch(action.Value))
            {
                yield return $"{action.Groups[1].Value}: is not pinned to a commit, with its version behind.";
            }
        }

        foreach (var fault in GithubYaml.Parse<Workflow>(text).Faults())
        {
            yield return fault;
        }
    }

    private IEnumerable<string> Faults()
    {
        if (Permissions is not { Count: 0 })
        {
            yield return "permissions: are not {}, so every job has them.";
        }

        if (Concurrency is null)
        {
            yield return "concurrency: is missing, so runs pile up.";
        }

        foreach (var fault in Jobs.SelectMany(job => job.Value.Faults().Select(fault => $"{job.Key}: {fault}")))
        {
            yield return fault;
        }
    }

    [GeneratedRegex(@"^ *-? *uses: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)+$")]
    private static partial Regex Pinned();

    /// <summary>A job of a workflow.</summary>
    internal sealed class Job
    {
        public object? Needs { get; init; }

        public Dictionary<string, object>? Strategy { get; init; }

        public required string RunsOn { get; init; }

        public int TimeoutMinutes { get; init; }

        public object? Environment { get; init; }

        public Dictionary<string, string>? Permissions { get; init; }

        public required List<Step> Steps { get; init; }

        public IEnumerable<string> Faults()
        {
            if (TimeoutMinutes is < 1 or > LongestJob)
            {
                yield return $"timeout-minutes: is {TimeoutMinutes}, not 1 to {LongestJob}.";
            }

            if (Permissions is null)
            {
                yield return "permissions: are missing.";
            }

            // The job that builds uploads the results of code scanning.
            var writes = Permissions?.Where(right => right.Value == "write" && right.Key != "security-events").Select(right => right.Key);
            if (writes?.FirstOrDefault() is { } right && Steps.Any(step => step.IsCheckout))
            {
                yield return $"permissions: {right} may be written by a job that runs code of the repository.";
            }

            foreach (var step in Steps.Where(step => step.IsCheckout && step.With?.GetValueOrDefault("persist-credentials") != "false"))
            {
                yield return "checkout: leaves its token to the steps behind it; set persist-credentials to false.";
            }

            foreach (var step in Steps.Where(step => step.Run?.Contains("${{", StringComparison.Ordinal) == true))
            {
                yield return $"run: \"{step.Run}\" pastes an expression into a script; hand it over by env.";
            }
        }
    }

    /// <summary>A step of a job.</summary>
    internal sealed class Step
    {
        public string? Name { get; init; }

        public string? Id { get; init; }

        public string? If { get; init; }

        public string? Uses { get; init; }

        public Dictionary<string, string>? With { get; init; }

        public string? Run { get; init; }

        public Dictionary<string, string>? Env { get; init; }

        public bool IsCheckout => Uses?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true;
    }
}

/// <summary>Which runs wait for each other.</summary>
internal sealed class Concurrency
{
    public required string Group { get; init; }

    public bool CancelInProgress { get; init; }
}
