using System.ComponentModel;
using System.Diagnostics;

namespace FcnSharp.Cli.Video;

/// <summary>ffmpeg or ffprobe at work on a file. Disposing ends it, whatever it does; so does cancelling.</summary>
internal sealed class FfmpegProcess : IDisposable
{
    /// <summary>Ctrl+C goes to all programs of a terminal at once: ffmpeg may have ended by it before this one has heard of it.</summary>
    private static readonly TimeSpan SignalDelay = TimeSpan.FromSeconds(0.3);

    private readonly string path;
    private readonly Process process;
    private readonly CancellationToken cancellationToken;
    private readonly CancellationTokenRegistration killing;
    private readonly Task<FfmpegErrors> errors;

    private FfmpegProcess(Process process, string path, CancellationToken cancellationToken)
    {
        (this.process, this.path, this.cancellationToken) = (process, path, cancellationToken);
        errors = FfmpegErrors.ReadAsync(process.StandardError);
        killing = cancellationToken.Register(process.Kill);
    }

    /// <summary>What it writes.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>What it reads; nothing unless it was started for that.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="path">The file that it works on, for messages.</param>
    /// <param name="arguments">Beyond those that keep it quiet and away from the network.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="VideoException">It cannot be started.</exception>
    public static FfmpegProcess Start(string program, string path, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(program, ["-hide_banner", "-loglevel", "error", .. arguments])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            return new FfmpegProcess(Process.Start(start)!, path, cancellationToken);
        }
        catch (Win32Exception exception)
        {
            throw new VideoException(path, $"{program} cannot be started. {exception.Message}", exception);
        }
    }

    /// <summary>Closes its input and waits for its end.</summary>
    /// <returns>What it complained of all the same; null for nothing.</returns>
    /// <exception cref="VideoException">It failed.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public async Task<string?> FinishAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended before it read everything; its exit code tells why.
        }

        var said = await errors;
        await process.WaitForExitAsync(CancellationToken.None);
        var failed = process.ExitCode != 0 || said.IsFileUnfinished;
        if (failed)
        {
            await Task.WhenAny(Task.Delay(SignalDelay, cancellationToken));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return failed ? throw new VideoException(path, said.Explain(path)) : said.First;
    }

    public void Dispose()
    {
        killing.Dispose();
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
