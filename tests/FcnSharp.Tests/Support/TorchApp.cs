using System.Diagnostics;

namespace FcnSharp.Torch.Tests.Support;

/// <summary>Runs the application of tests/FcnSharp.Tests.TorchApp: what happens only once in a process needs a fresh one.</summary>
internal static class TorchApp
{
    private const string Name = "FcnSharp.Tests.TorchApp";

    /// <summary>Asks the application beside the tests, which finds their libtorch.</summary>
    /// <returns>The lines it printed.</returns>
    public static string[] Ask(string question) => Run(AppContext.BaseDirectory, question);

    /// <summary>Asks a copy of the application in a folder with its managed files only.</summary>
    /// <param name="question">What to do; see the application's source.</param>
    /// <param name="alsoPut">Puts further files into the folder.</param>
    public static string[] AskWithoutBackend(string question, Action<string>? alsoPut = null)
    {
        var folder = Directory.CreateTempSubdirectory("fcnsharp-test-").FullName;
        try
        {
            foreach (var file in (string[])[$"{Name}.dll", $"{Name}.runtimeconfig.json", "FcnSharp.dll", "FcnSharp.Core.dll", "TorchSharp.dll"])
            {
                File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder, file));
            }

            alsoPut?.Invoke(folder);
            return Run(folder, question);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Run(string folder, string question)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, $"{Name}.dll"), question])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // TorchSharp would look for libtorch in the NuGet cache and copy it beside the application.
        start.Environment["NUGET_PACKAGES"] = folder;

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill();
            Assert.Fail($"The application did not answer '{question}' within two minutes.");
        }

        Assert.True(process.ExitCode == 0, $"{question}: exit code {process.ExitCode}. {output.Result} {errors.Result}");
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
