namespace FcnSharp.Cli.Video;

/// <summary>The paths of the two programs of ffmpeg.</summary>
/// <param name="Ffmpeg">The program that decodes and encodes.</param>
/// <param name="Ffprobe">The program that describes a file.</param>
internal sealed record FfmpegPrograms(string Ffmpeg, string Ffprobe)
{
    /// <summary>Finds the programs in the folders of PATH only. <see cref="System.Diagnostics.Process"/> would also search the current
    /// folder, and run a file of somebody else there.</summary>
    /// <exception cref="UsageException">One of them is missing.</exception>
    public static FfmpegPrograms Find() => new(PathOf("ffmpeg"), PathOf("ffprobe"));

    private static string PathOf(string name)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw new UsageException($"Videos are read and written by ffmpeg, but there is no {name} on the PATH. Install it: " +
                "apt install ffmpeg (Debian, Ubuntu), brew install ffmpeg (macOS), winget install ffmpeg (Windows).");
    }
}
