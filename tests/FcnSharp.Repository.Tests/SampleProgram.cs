using System.Diagnostics;

namespace FcnSharp.RepositoryTests;

/// <summary>A program of samples/, as a user runs it.</summary>
internal sealed class SampleProgram(string name)
{
    /// <summary>Runs it to its end.</summary>
    public (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Starts it; the caller reads its two streams and disposes it.</summary>
    /// <remarks>Through env, since a test run in the background of a shell ignores SIGINT, and would hand that on.</remarks>
    public Process Start(params string[] arguments)
    {
        var program = Repository.At("samples", name, "bin", Repository.Configuration, "net10.0", $"{name}.dll");
        string[] words = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet", program] : ["dotnet", program];
        return Process.Start(new ProcessStartInfo(words[0], [.. words[1..], .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }
}
