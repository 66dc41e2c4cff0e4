using System.Runtime.InteropServices;

namespace FcnSharp.Cli.Terminal;

/// <summary>
/// Turns Ctrl+C and SIGTERM into a cancelled token. Whatever the process does, it has ended two seconds after the first one, and at once
/// after the second.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>How long the work may take to end by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.2);

    /// <summary>How long the last words may take. Output that nobody reads blocks the whole console.</summary>
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

    /// <summary>What to tell the shell: 128 and the number of the signal.</summary>
    public int ExitCode => code;

    /// <summary>Says, once, that the work was not finished. Straight to the stream, because the styled console takes long to
    /// start; the cursor, which a progress bar hides, comes back.</summary>
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

        // Threads of their own: those of the pool may all be at work that does not end. And this one first, because cancelling runs
        // whatever has registered for it.
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
