using System.Diagnostics;

namespace FcnSharp.LoadTest;

/// <summary>The demo in a separate process, with its default options.</summary>
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
        started.BeginOutputReadLine(); // Reads the log to its end, so that it never fills the pipe.
        return new ServerProcess(started, await address.Task);
    }

    /// <summary>Samples the resident memory of the process, in MiB, four times a second.</summary>
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
