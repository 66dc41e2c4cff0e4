namespace FcnSharp.Cli.Batch;

/// <summary>Recognises the pictures of a folder, and derives the names of their results.</summary>
internal static class PictureFiles
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif"];

    /// <summary>Extensions of formats that cameras and scanners write and this library does not support.</summary>
    private static readonly string[] OtherEndings =
        [".heic", ".heif", ".avif", ".tif", ".tiff", ".jxl", ".jp2", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2"];

    private static readonly string[] VideoEndings =
    [
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".ts", ".mts", ".m2ts", ".wmv", ".flv", ".3gp", ".ogv",
    ];

    /// <summary>The endings, for a message.</summary>
    public static string EndingsText { get; } = string.Join(", ", Endings);

    public static bool IsPicture(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the file is a picture in an unsupported format, by its extension.</summary>
    public static bool IsOtherPicture(string path) =>
        OtherEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the file is a video, by its extension.</summary>
    public static bool IsVideo(string path) => VideoEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The picture and its name relative to <paramref name="root"/>: without extension, with slashes on every system.</summary>
    public static PictureJob Below(string root, string picture) =>
        new(picture, Path.ChangeExtension(Path.GetRelativePath(root, picture), null).Replace(Path.DirectorySeparatorChar, '/'));
}
