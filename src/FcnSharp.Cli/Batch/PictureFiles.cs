namespace FcnSharp.Cli.Batch;

/// <summary>Which files of a folder are pictures, and what they are called below it.</summary>
internal static class PictureFiles
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif"];

    /// <summary>Formats that cameras and scanners write and this library does not read.</summary>
    private static readonly string[] OtherEndings =
        [".heic", ".heif", ".avif", ".tif", ".tiff", ".jxl", ".jp2", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2"];

    private static readonly string[] VideoEndings =
    [
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".ts", ".mts", ".m2ts", ".wmv", ".flv", ".3gp", ".ogv",
    ];

    /// <summary>The endings, for a message.</summary>
    public static string EndingsText { get; } = string.Join(", ", Endings);

    public static bool IsPicture(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the file is a picture of a format that is not read, by its ending.</summary>
    public static bool IsOtherPicture(string path) =>
        OtherEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the file is a video, by its ending.</summary>
    public static bool IsVideo(string path) => VideoEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The picture and its name below <paramref name="root"/>: without its ending, with slashes on every system.</summary>
    public static PictureJob Below(string root, string picture) =>
        new(picture, Path.ChangeExtension(Path.GetRelativePath(root, picture), null).Replace(Path.DirectorySeparatorChar, '/'));
}
