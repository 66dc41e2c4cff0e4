using System.Diagnostics;
using System.Globalization;
using FcnSharp.Fuzz.Readers;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>The parent's side of a child process: sends inputs to read, and ends the process if an input exceeds the limits.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Larger than the bound, so that the child can report its measurement.</summary>
    private static readonly TimeSpan WorkMargin = TimeSpan.FromSeconds(1);

    /// <summary>For an input that waits instead of working.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string folder = Workplace.NewFolder();
    private readonly Process process;
    private readonly Task<string> errors;
    private readonly CancellationTokenSource end = new();
    private volatile Announcement? current;
    private volatile Verdict? killed;

    public ChildProcess()
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "FcnSharp.Fuzz.exe" : "FcnSharp.Fuzz");
        var start = new ProcessStartInfo(program, ["--child", folder])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = Limits.ChildHeap.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_GCgen0size"] = "1000000"; // 16 MB, hexadecimal
        process = Process.Start(start)!;
        errors = process.StandardError.ReadToEndAsync();
        _ = WatchAsync();
    }

    /// <summary>Whether the process has ended, so that another one is needed.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Sends a command and reports the outcome of each input, up to the last or the one at which the process ends.</summary>
    public async IAsyncEnumerable<(ulong Seed, Verdict Verdict)> RunAsync(string command)
    {
        await GiveAsync(command);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "done")
            {
                yield break;
            }

            if (line.StartsWith("end ", StringComparison.Ordinal))
            {
                var seed = current!.Seed;
                current = null;
                yield return (seed, Verdict.FromLine(line.AsSpan(4)));
            }
            else
            {
                current = Announcement.Parse(line);
            }
        }

        IsGone = true;
        if (current is { } announced)
        {
            yield return (announced.Seed, killed ?? await CrashAsync(announced));
        }
        else if (killed is null)
        {
            throw new InvalidOperationException($"The child process ended between two inputs, at: {command}\n{await errors}");
        }
    }

    public void Dispose()
    {
        end.Cancel();
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                process.Kill();
            }
        }

        process.Dispose();
        end.Dispose();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task GiveAsync(string command)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(command);
            await process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // The child has ended; its output says so, too.
        }
    }

    private async Task<Verdict> CrashAsync(Announcement announced)
    {
        await process.WaitForExitAsync();
        var said = (await errors).Split('\n');
        var frame = said.FirstOrDefault(line => line.Contains("at FcnSharp.", StringComparison.Ordinal)) ?? said[0];
        return new Verdict(
            Outcome.Crash, $"Crash: {announced.Description} {frame.Trim().Split('(')[0]}",
            $"{announced.Description}: exit code {process.ExitCode}\n{string.Join('\n', said.Take(12))}");
    }

    private async Task WatchAsync()
    {
        var (watched, work, since) = (default(Announcement), TimeSpan.Zero, Stopwatch.StartNew());
        try
        {
            while (true)
            {
                await Task.Delay(WatchInterval, end.Token);
                process.Refresh();
                if (process.HasExited)
                {
                    return;
                }

                if (!ReferenceEquals(current, watched))
                {
                    (watched, work) = (current, process.TotalProcessorTime);
                    since.Restart();
                }

                if (watched is not null && ReferenceEquals(current, watched)
                    && ReasonToKill(watched, process.TotalProcessorTime - work, since.Elapsed) is { } verdict)
                {
                    killed = verdict;
                    process.Kill();
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
            // The child is not needed any more, or has already ended.
        }
    }

    private Verdict? ReasonToKill(Announcement announced, TimeSpan worked, TimeSpan waited)
    {
        var memory = process.WorkingSet64;
        if (memory > Limits.ChildMemory)
        {
            return Killed(Outcome.OverBytes, $"the process held {memory >> 20} MB");
        }

        return worked > Limits.Work(announced.Length) + WorkMargin
            ? Killed(Outcome.OverWork, $"no end after {worked.TotalSeconds:F1} s of work")
            : waited > Patience ? Killed(Outcome.OverWork, $"no end after {waited.TotalSeconds:F0} s of waiting")
            : null;

        Verdict Killed(Outcome outcome, string why) =>
            new(outcome, $"{outcome}: ended, {announced.Description}", $"{announced.Description}, {announced.Length} bytes: {why}");
    }

    /// <summary>An input that the child is about to read.</summary>
    private sealed record Announcement(ulong Seed, long Length, string Description)
    {
        public static Announcement Parse(string line)
        {
            var parts = line.Split(' ', 4);
            return new Announcement(
                ulong.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture), parts[3]);
        }
    }
}
