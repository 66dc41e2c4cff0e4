using System.Diagnostics;
using FcnSharp.Tests.Shared;

namespace FcnSharp.RepositoryTests;

/// <summary>A program of samples/, as a user runs it.</summary>
internal sealed class SampleProgram(string name)
{
    /// <summary>Runs the program to its end.</summary>
    public (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Starts the program; the caller reads its output streams and disposes the process.</summary>
    public Process Start(params string[] arguments) =>
        Process.Start(
            DotnetProgram.StartInfo(Repository.At("samples", name, "bin", Repository.Configuration, "net10.0", $"{name}.dll"), arguments))!;
}
