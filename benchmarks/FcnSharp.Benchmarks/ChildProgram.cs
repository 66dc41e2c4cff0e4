using System.Diagnostics;

namespace FcnSharp.Benchmarks;

/// <summary>Programs that are run and waited for.</summary>
internal static class ChildProgram
{
    /// <summary>This program, for measurements that take a process of their own.</summary>
    public static string Self { get; } = Path.Combine(AppContext.BaseDirectory, "FcnSharp.Benchmarks");

    /// <returns>What it printed, and the time from its start to its end in seconds.</returns>
    /// <exception cref="IOException">It failed; the message ends with what it said.</exception>
    public static (string Output, double Seconds) Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var seconds = clock.Elapsed.TotalSeconds;
        return process.ExitCode == 0
            ? (output, seconds)
            : throw new IOException($"\"{program} {string.Join(' ', words)}\" ended " +
                $"with {process.ExitCode}: {(errors.Result.Length > 0 ? errors.Result : output).Trim()}");
    }
}
