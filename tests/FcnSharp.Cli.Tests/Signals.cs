using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FcnSharp.CliTests;

/// <summary>Signals and named pipes of Unix.</summary>
internal static class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    private const uint OwnerOnly = 0x180;

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

    /// <summary>Makes a file that blocks whoever opens it until somebody opens its other end.</summary>
    public static void MakePipe(string path) => Assert.Equal(0, MakePipe(path, OwnerOnly));

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    [DllImport("libc", EntryPoint = "mkfifo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakePipe([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
