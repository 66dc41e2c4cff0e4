using System.Diagnostics;
using System.Text;
using FcnSharp.Imaging;
using FcnSharp.Tests.Shared;

namespace FcnSharp.CliTests;

/// <summary>The built tool, run as a process in a temporary folder.</summary>
internal sealed class Tool : IDisposable
{
    public static string Program { get; } = FindProgram();

    public string Folder { get; } = Directory.CreateTempSubdirectory("fcnsharp-test-").FullName;

    /// <summary>The full path of a file in the folder.</summary>
    public string At(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>The full path of a test file.</summary>
    public static string TestFile(string name) => Path.Combine(AppContext.BaseDirectory, "Files", name);

    /// <summary>The full path of the street photo, 751x563.</summary>
    public static string Photo { get; } = Path.Combine(AppContext.BaseDirectory, "leuven.jpg");

    /// <summary>A fast model file with a few channels.</summary>
    public static string SmallModel { get; } = TestFile("paper.caffemodel");

    /// <summary>Environment variables of later runs; null removes a variable.</summary>
    public Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal);

    public (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        var (code, output, errors) = RunWith([], arguments);
        return (code, Encoding.UTF8.GetString(output), errors);
    }

    /// <summary>Runs with bytes on standard input and returns the bytes of standard output.</summary>
    public (int Code, byte[] Output, string Errors) RunWith(byte[] input, params string[] arguments)
    {
        using var process = Start(arguments);
        using var output = new MemoryStream();
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        copying.Wait();
        return (process.ExitCode, output.ToArray(), errors.Result);
    }

    public Process Start(params string[] arguments)
    {
        var start = DotnetProgram.StartInfo(Program, arguments);
        (start.RedirectStandardInput, start.WorkingDirectory) = (true, Folder);
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Puts the street photo into the folder under a name, which may have folders.</summary>
    public string PutPhoto(string name) => PutBytes(name, File.ReadAllBytes(Photo));

    /// <summary>Puts a small picture into the folder, different for every seed.</summary>
    public string PutSmall(string name, int seed = 1) => PutNoise(name, 40, 30, seed);

    /// <summary>Puts a picture of random pixels into the folder, as PNG.</summary>
    public string PutNoise(string name, int width, int height, int seed = 1)
    {
        var pixels = new byte[3 * width * height];
        new Random(seed).NextBytes(pixels);
        using var stream = new MemoryStream();
        new RgbImage(pixels, width, height).Write(stream, ImageFormat.Png);
        return PutBytes(name, stream.ToArray());
    }

    public string PutBytes(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    /// <summary>The files below a folder that are not hidden, with their bytes, by their paths in it.</summary>
    public Dictionary<string, byte[]> Contents(string folder) => FileNames()
        .Where(name => name.StartsWith($"{folder}/", StringComparison.Ordinal))
        .ToDictionary(name => name[(folder.Length + 1)..], name => File.ReadAllBytes(At(name)), StringComparer.Ordinal);

    /// <summary>The files in the folder except the tool's records.</summary>
    public string[] FileNames() =>
        [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)
            .Replace('\\', '/')).Where(file => !file.Contains("/.fcn/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The full path of a file of the repository.</summary>
    public static string RepositoryFile(params string[] parts)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "FcnSharp.sln")))
        {
            root = root.Parent!;
        }

        return Path.Combine([root.FullName, .. parts]);
    }

    private static string FindProgram()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return RepositoryFile("src", "FcnSharp.Cli", "bin", output.Parent!.Name, output.Name, "FcnSharp.Cli.dll");
    }
}
