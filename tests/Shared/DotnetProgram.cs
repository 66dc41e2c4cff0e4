using System.Diagnostics;

namespace FcnSharp.Tests.Shared;

/// <summary>Runs a built program in a separate process.</summary>
internal static class DotnetProgram
{
    /// <summary>How to start it, its two streams redirected; on Linux through env: a test run in the background of a shell ignores SIGINT,
    /// and would hand that on.</summary>
    /// <param name="program">Its .dll.</param>
    /// <param name="arguments">What it is given.</param>
    public static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments)
    {
        string[] words = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet", program] : ["dotnet", program];
        return new ProcessStartInfo(words[0], [.. words[1..], .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
    }
}
