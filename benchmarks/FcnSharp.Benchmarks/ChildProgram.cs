using System.Diagnostics;

namespace FcnSharp.Benchmarks;

/// <summary>Runs programs and waits for them.</summary>
internal static class ChildProgram
{
    /// <summary>This program, for measurements in a separate process.</summary>
    public static string Self { get; } = Path.Combine(AppContext.BaseDirectory, "FcnSharp.Benchmarks");

    /// <returns>The standard output, and the time from start to exit in seconds.</returns>
    /// <exception cref="IOException">The exit code was not 0; the message ends with the program's output.</exception>
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
