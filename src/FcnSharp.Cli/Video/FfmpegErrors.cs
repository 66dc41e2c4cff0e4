using System.Text.RegularExpressions;

namespace FcnSharp.Cli.Video;

/// <summary>The error output of ffmpeg, translated to messages for the user.</summary>
/// <param name="lines">The lines of the error output.</param>
internal sealed partial class FfmpegErrors(IReadOnlyList<string> lines)
{
    /// <summary>A damaged video may give an error for each of its frames: the first lines state the cause, the last ones the end.</summary>
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

    /// <summary>The first line, without ffmpeg's internal prefixes; null for none.</summary>
    public string? First => lines.Select(line => Prefix().Replace(line, "").Trim()).FirstOrDefault(line => line.Length > 0);

    /// <summary>Whether the file is incomplete. Before version 6, ffmpeg's exit code does not show a missing end.</summary>
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

    /// <summary>The cause and the remedy, as sentences.</summary>
    /// <param name="path">The file, whose name is removed from ffmpeg's text.</param>
    public string Explain(string path) =>
        Known.FirstOrDefault(known => lines.Any(line => line.Contains(known.Said, StringComparison.OrdinalIgnoreCase))).Meaning
        ?? (First is { } said
            ? $"ffmpeg failed: {said.Replace($"{Path.GetFullPath(path)}: ", "", StringComparison.Ordinal)}"
            : "ffmpeg failed without an error message.");

    /// <summary><c>[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55d0c8a0]</c>.</summary>
    [GeneratedRegex(@"^(\[[^\]]* @ [^\]]*\] ?)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}
