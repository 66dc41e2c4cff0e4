using System.ComponentModel;
using System.Diagnostics;

namespace FcnSharp.Cli.Video;

/// <summary>A running ffmpeg or ffprobe. Disposing and cancelling kill it.</summary>
internal sealed class FfmpegProcess : IDisposable
{
    /// <summary>How long the cancellation by Ctrl+C may lag: the terminal sends the signal to ffmpeg, too, which may exit first.</summary>
    private static readonly TimeSpan SignalDelay = TimeSpan.FromSeconds(0.3);

    /// <summary>The same for an ffmpeg that failed without a message, which a signal has most likely ended.</summary>
    private static readonly TimeSpan SilentSignalDelay = TimeSpan.FromSeconds(5);

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

    /// <summary>The program's standard output.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>The program's standard input.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="path">The file that it reads or writes, for messages.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Kills it.</param>
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

    /// <summary>Closes the program's input and waits until it exits.</summary>
    /// <returns>The first error that it reported without failing; null for none.</returns>
    /// <exception cref="VideoException">The program failed.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public async Task<string?> FinishAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program has exited before it read everything; its exit code and its errors are checked below.
        }

        var said = await errors;
        await process.WaitForExitAsync(CancellationToken.None);
        var failed = process.ExitCode != 0 || said.IsFileUnfinished;
        if (failed)
        {
            await Task.WhenAny(Task.Delay(said.First is null ? SilentSignalDelay : SignalDelay, cancellationToken));
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
