using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace FcnSharp.Benchmarks;

/// <summary>Measures single kernels with BenchmarkDotNet; the benchmarks are the classes of the folder Kernels.</summary>
internal sealed class KernelsCommand : Command
{
    private static readonly Dictionary<string, Job> Jobs = new(StringComparer.Ordinal)
    {
        ["dry"] = Job.Dry, ["short"] = Job.ShortRun, ["default"] = Job.Default,
    };

    public override string Name => "kernels";

    public override string Usage => "[--filter GLOB] [--job dry|short|default]";

    public override IReadOnlyCollection<string> Options => ["filter", "job"];

    public override int Run(Arguments arguments)
    {
        var name = arguments.Find("job") ?? "short";
        var job = Jobs.GetValueOrDefault(name) ?? throw arguments.Refuse($"\"{name}\" is not a job");

        // In this process, so that nothing is rebuilt; the kernels are compiled at the highest tier, as in a long-running program.
        var config = DefaultConfig.Instance.WithArtifactsPath(Path.Combine("artifacts", "benchmarks"))
            .AddJob(job.WithToolchain(InProcessEmitToolchain.Instance));
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(KernelsCommand).Assembly)
            .Run(["--filter", arguments.Find("filter") ?? "*"], config);
        return summaries.Any() && summaries.All(
            summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success))
            ? 0
            : 1;
    }
}
