using System.Runtime.InteropServices;

namespace FcnSharp.Cli.Terminal;

/// <summary>
/// Cancels a token on Ctrl+C and SIGTERM. In any case the process ends within two seconds of the first signal, and at once after the
/// second.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Time limit for the command to end after cancellation.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.2);

    /// <summary>Time limit for the last message. Output that is not read blocks the whole console.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(0.5);

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private int code;
    private int told;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, Terminal.ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Interrupt(context, Terminal.ExitCode.Terminated)),
    ];

    public CancellationToken Token => source.Token;

    /// <summary>The exit code: 128 plus the number of the signal.</summary>
    public int ExitCode => code;

    /// <summary>Writes once that the command was interrupted. Writes directly to the stream, because the styled console starts slowly, and
    /// shows the cursor again, which a progress bar hides.</summary>
    public void Tell()
    {
        if (Interlocked.Exchange(ref told, 1) == 0)
        {
            using var errors = Console.OpenStandardError();
            errors.Write(Console.IsErrorRedirected ? "error: interrupted.\n"u8 : "\u001b[?25herror: interrupted.\n"u8);
        }
    }

    public void Dispose()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        source.Dispose();
    }

    private void Interrupt(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref code, exitCode, 0) != 0)
        {
            End();
        }

        // A separate thread, because all threads of the pool may be busy; started first, because Cancel runs the registered
        // callbacks.
        Start(() =>
        {
            Thread.Sleep(Grace);
            End();
        });
        source.Cancel();
    }

    private void End()
    {
        Start(Tell).Join(LastWords);
        Environment.Exit(code);
    }

    private static Thread Start(Action action)
    {
        var thread = new Thread(() => action()) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
