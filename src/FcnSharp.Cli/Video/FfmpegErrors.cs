using System.Text.RegularExpressions;

namespace FcnSharp.Cli.Video;

/// <summary>The error output of ffmpeg, and its meaning for a user.</summary>
/// <param name="lines">The lines of the output.</param>
internal sealed partial class FfmpegErrors(IReadOnlyList<string> lines)
{
    /// <summary>Lines that are kept from the start, and again from the end: a damaged video may cause an error for each frame.</summary>
    private const int Kept = 20;

    /// <summary>Texts of ffmpeg, and the message for each.</summary>
    private static readonly (string Said, string Meaning)[] Known =
    [
        ("No space left on device", "could not be written, because the disk is full. Free disk space, or choose another disk with -o."),
        ("Unknown encoder", "could not be written, because this ffmpeg has no encoder libx264. Install an ffmpeg with H.264."),
        ("codec not currently supported in container",
            "cannot hold the sound of the video, which is copied unchanged. Give the file another extension, such as -o out.mkv."),
        ("moov atom not found", "has no index, so it is truncated or not a video. Copy or record it again."),
        ("Permission denied", "may not be read or written. Check the permissions of the file and its folder."),
        ("Invalid data found", "is not a video that ffmpeg can read. Check it with: ffprobe FILE"),
    ];

    /// <summary>The first line, without the name and address of ffmpeg's component; null for none.</summary>
    public string? First => lines.Select(line => Prefix().Replace(line, "").Trim()).FirstOrDefault(line => line.Length > 0);

    /// <summary>Whether the end of the output could not be written. The exit code of ffmpeg 5 is 0 in that case.</summary>
    public bool IsFileUnfinished => lines.Any(line =>
        line.StartsWith("Error writing", StringComparison.Ordinal) || line.StartsWith("Error closing", StringComparison.Ordinal));

    /// <summary>Reads the stream to its end.</summary>
    public static async Task<FfmpegErrors> ReadAsync(TextReader reader)
    {
        var (first, last) = (new List<string>(), new Queue<string>());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (first.Count < Kept)
            {
                first.Add(line);
                continue;
            }

            last.Enqueue(line);
            if (last.Count > Kept)
            {
                last.Dequeue();
            }
        }

        return new FfmpegErrors([.. first, .. last]);
    }

    /// <summary>The reason of the failure and what to do, as sentences.</summary>
    /// <param name="path">The file, whose name is removed from ffmpeg's text.</param>
    public string Explain(string path) =>
        Known.FirstOrDefault(known => lines.Any(line => line.Contains(known.Said, StringComparison.OrdinalIgnoreCase))).Meaning
        ?? (First is { } said
            ? $"ffmpeg failed: {said.Replace($"{Path.GetFullPath(path)}: ", "", StringComparison.Ordinal)}"
            : "ffmpeg failed without an error message.");

    /// <summary>For example <c>[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55d0c8a0]</c>.</summary>
    [GeneratedRegex(@"^(\[[^\]]* @ [^\]]*\] ?)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}
