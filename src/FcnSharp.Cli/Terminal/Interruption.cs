using System.Runtime.InteropServices;

namespace FcnSharp.Cli.Terminal;

/// <summary>Turns Ctrl+C and SIGTERM into a cancelled token; a second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private int code;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, Cli.ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Interrupt(context, Cli.ExitCode.Terminated)),
    ];

    public CancellationToken Token => source.Token;

    /// <summary>What to tell the shell: 128 and the number of the signal.</summary>
    public int ExitCode => code;

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
            Environment.Exit(exitCode);
        }

        source.Cancel();
    }
}
