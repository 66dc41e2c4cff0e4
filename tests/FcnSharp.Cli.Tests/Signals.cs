using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FcnSharp.CliTests;

/// <summary>Signals of Unix.</summary>
internal static class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal; on Windows, which has none, kills the process.</summary>
    public static void Send(Process process, int signal)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else
        {
            Assert.Equal(0, SendSignal(process.Id, signal));
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
