using System.Diagnostics;

namespace FcnSharp.CliTests;

/// <summary>The built tool, run as a process in a folder of its own, which goes away with it.</summary>
internal sealed class Tool : IDisposable
{
    private static readonly string Program = FindProgram();

    public string Folder { get; } = Directory.CreateTempSubdirectory("fcnsharp-test-").FullName;

    /// <summary>The full path of a file in the folder.</summary>
    public string At(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>The full path of a test file.</summary>
    public static string TestFile(string name) => Path.Combine(AppContext.BaseDirectory, "Files", name);

    /// <summary>The full path of the street photo, 751x563.</summary>
    public static string Photo { get; } = Path.Combine(AppContext.BaseDirectory, "leuven.jpg");

    public (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.Result, errors.Result);
    }

    public Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
    {
        UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder,
    })!;

    public string[] FileNames() => [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string FindProgram()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output;
        while (!File.Exists(Path.Combine(root.FullName, "FcnSharp.sln")))
        {
            root = root.Parent!;
        }

        return Path.Combine(root.FullName, "src", "FcnSharp.Cli", "bin", output.Parent!.Name, output.Name, "FcnSharp.Cli.dll");
    }
}
