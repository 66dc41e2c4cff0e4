namespace FcnSharp.Cli.Video;

/// <summary>How video files are given to ffmpeg, and where the result goes.</summary>
internal static class VideoFiles
{
    /// <summary>Endings that can be written, and what ffmpeg calls their formats.</summary>
    private static readonly Dictionary<string, string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = "mp4", [".m4v"] = "mp4", [".mov"] = "mov", [".mkv"] = "matroska",
    };

    /// <summary>ffmpeg's arguments to read a file, and nothing but files, whatever it holds.</summary>
    public static IEnumerable<string> Input(string path) => ["-protocol_whitelist", "file", "-i", Path.GetFullPath(path)];

    /// <summary>What ffmpeg calls the format of a file that is written.</summary>
    public static string FormatOf(string path) => Formats[Path.GetExtension(path)];

    /// <summary>Where the result goes.</summary>
    /// <param name="video">The video that is segmented.</param>
    /// <param name="output">What <c>-o</c> says: a file that ends as a video does, or a folder; null means beside the video.</param>
    /// <exception cref="UsageException">The file is of a kind that is not written, or the video itself.</exception>
    public static string PlaceOf(string video, string? output)
    {
        var place = Path.GetFullPath(output is null || !HasOtherEnding(output) ? Below(video, output) : output);
        if (!Formats.ContainsKey(Path.GetExtension(place)))
        {
            throw new UsageException($"{output}: a video goes to a file that ends in {string.Join(", ", Formats.Keys.SkipLast(1))} or " +
                $"{Formats.Keys.Last()}, or to a folder.");
        }

        return string.Equals(place, Path.GetFullPath(video), StringComparison.OrdinalIgnoreCase)
            ? throw new UsageException($"{output}: is the video itself, which would be replaced. Name another file: -o out.mp4.")
            : place;
    }

    private static bool HasOtherEnding(string output) => !Directory.Exists(output) && Path.HasExtension(output);

    /// <summary><c>clip-overlay.mp4</c>; the video's own ending where that can be written.</summary>
    private static string Below(string video, string? folder)
    {
        var ending = Path.GetExtension(video);
        var name = $"{Path.GetFileNameWithoutExtension(video)}-overlay{(Formats.ContainsKey(ending) ? ending : ".mp4")}";
        return Path.Combine(folder ?? Path.GetDirectoryName(Path.GetFullPath(video))!, name);
    }
}
