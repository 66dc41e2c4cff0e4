using System.Diagnostics;

namespace FcnSharp.LoadTest;

/// <summary>The demo as a process of its own, with its options as they are shipped.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private readonly Process process;

    private ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<ServerProcess> StartAsync()
    {
        var started = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "WebDemo.dll"), "--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false, RedirectStandardOutput = true,
        })!;
        var address = new TaskCompletionSource<Uri>();
        started.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                address.TrySetException(new InvalidOperationException("The demo ended before it listened. Run it alone to see why."));
            }
            else if (line.Data.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
            {
                address.TrySetResult(new Uri(line.Data[(at + Listening.Length)..].Trim()));
            }
        };
        started.BeginOutputReadLine(); // To the end, so that its log never fills the pipe.
        return new ServerProcess(started, await address.Task);
    }

    /// <summary>The memory that the process has in RAM, in MiB, four times a second.</summary>
    public async Task<IReadOnlyList<double>> SampleMemoryAsync(TimeSpan time)
    {
        List<double> samples = [];
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time; await Task.Delay(TimeSpan.FromMilliseconds(250)))
        {
            process.Refresh();
            samples.Add(process.WorkingSet64 / (double)(1 << 20));
        }

        return samples;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
