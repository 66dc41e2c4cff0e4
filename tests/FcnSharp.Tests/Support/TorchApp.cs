using System.Diagnostics;

namespace FcnSharp.Torch.Tests.Support;

/// <summary>Runs the application of tests/FcnSharp.Tests.TorchApp, for tests that need a new process.</summary>
internal static class TorchApp
{
    private const string Name = "FcnSharp.Tests.TorchApp";

    /// <summary>Runs the application in the tests' folder, which contains libtorch.</summary>
    /// <returns>The lines of its standard output.</returns>
    public static string[] Ask(string question) => Ask(question, []);

    /// <inheritdoc cref="Ask(string)"/>
    /// <param name="question">What to do; see the application's source.</param>
    /// <param name="details">Further arguments.</param>
    public static string[] Ask(string question, params string[] details)
    {
        using var process = Launch(AppContext.BaseDirectory, [question, .. details]);
        return Answer(process, question);
    }

    /// <summary>Starts the application beside the tests, to be watched and killed. The caller reads its output and disposes of
    /// it.</summary>
    public static Process Start(string question, params string[] details) => Launch(AppContext.BaseDirectory, [question, .. details]);

    /// <summary>Asks a copy of the application in a folder with its managed files only.</summary>
    /// <param name="question">What to do; see the application's source.</param>
    /// <param name="alsoPut">Puts further files into the folder.</param>
    public static string[] AskWithoutBackend(string question, Action<string>? alsoPut = null)
    {
        var folder = Directory.CreateTempSubdirectory("fcnsharp-test-").FullName;
        try
        {
            foreach (
                var file in (string[])[$"{Name}.dll", $"{Name}.runtimeconfig.json", "FcnSharp.dll", "FcnSharp.Core.dll", "TorchSharp.dll"])
            {
                File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder, file));
            }

            alsoPut?.Invoke(folder);
            using var process = Launch(folder, [question]);
            return Answer(process, question);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Launch(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, $"{Name}.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // TorchSharp would look for libtorch in the NuGet cache and copy it beside the application.
        start.Environment["NUGET_PACKAGES"] = folder;

        return Process.Start(start)!;
    }

    private static string[] Answer(Process process, string question)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(10)))
        {
            process.Kill();
            Assert.Fail($"The application did not answer '{question}' within ten minutes.");
        }

        Assert.True(process.ExitCode == 0, $"{question}: exit code {process.ExitCode}. {output.Result} {errors.Result}");
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
