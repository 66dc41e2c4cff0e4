namespace FcnSharp.Cli.Video;

/// <summary>The arguments for video files, and the path of the result.</summary>
internal static class VideoFiles
{
    /// <summary>The endings of the formats that are written, and ffmpeg's names of these formats.</summary>
    private static readonly Dictionary<string, string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = "mp4", [".m4v"] = "mp4", [".mov"] = "mov", [".mkv"] = "matroska",
    };

    /// <summary>The arguments with which ffmpeg reads a file. A playlist in its place cannot name anything on the network.</summary>
    public static IEnumerable<string> Input(string path) => ["-protocol_whitelist", "file", "-i", Path.GetFullPath(path)];

    /// <summary>ffmpeg's name of the format of a file that is written.</summary>
    public static string FormatOf(string path) => Formats[Path.GetExtension(path)];

    /// <summary>The full path of the result.</summary>
    /// <param name="video">The source video.</param>
    /// <param name="output">The value of <c>-o</c>: a file, or a folder, which has no ending; null means the folder of the video.</param>
    /// <exception cref="UsageException">The format of the file is not written, or the file is the source video.</exception>
    public static string PlaceOf(string video, string? output)
    {
        var place = Path.GetFullPath(output is null || !HasOtherEnding(output) ? Below(video, output) : output);
        if (!Formats.ContainsKey(Path.GetExtension(place)))
        {
            throw new UsageException($"{output}: a video is written to a file with the extension " +
                $"{string.Join(", ", Formats.Keys.SkipLast(1))} or {Formats.Keys.Last()}, or to a folder.");
        }

        return string.Equals(place, Path.GetFullPath(video), StringComparison.OrdinalIgnoreCase)
            ? throw new UsageException($"{output}: is the video itself, which would be replaced. Name another file: -o out.mp4.")
            : place;
    }

    private static bool HasOtherEnding(string output) => !Directory.Exists(output) && Path.HasExtension(output);

    /// <summary><c>clip-overlay.mp4</c>; with the video's extension if it can be written.</summary>
    private static string Below(string video, string? folder)
    {
        var ending = Path.GetExtension(video);
        var name = $"{Path.GetFileNameWithoutExtension(video)}-overlay{(Formats.ContainsKey(ending) ? ending : ".mp4")}";
        return Path.Combine(folder ?? Path.GetDirectoryName(Path.GetFullPath(video))!, name);
    }
}
