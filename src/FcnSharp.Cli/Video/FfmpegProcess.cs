using System.ComponentModel;
using System.Diagnostics;

namespace FcnSharp.Cli.Video;

/// <summary>A running ffmpeg or ffprobe. Disposal or cancellation ends the process in any state.</summary>
internal sealed class FfmpegProcess : IDisposable
{
    /// <summary>Ctrl+C goes to all programs of a terminal at once: ffmpeg may end before this process receives the signal.</summary>
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

    /// <summary>The standard output of the process.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>The standard input of the process; null if it was started without.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <param name="program">The path of the program.</param>
    /// <param name="path">The file that it reads or writes, for messages.</param>
    /// <param name="arguments">Arguments after those that disable output and network access.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="VideoException">The program cannot be started.</exception>
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

    /// <summary>Closes the standard input and waits for the end of the process.</summary>
    /// <returns>Its warnings; null for none.</returns>
    /// <exception cref="VideoException">The process failed.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public async Task<string?> FinishAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process ended before it read everything; its exit code states the reason.
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
