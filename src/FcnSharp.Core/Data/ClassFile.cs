using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>
/// A list of classes as a text file: one class a line, first that of id 0, with a colour if it has one: <c>road #804080</c>. A line
/// <c>ignore #000000</c> is no class: it gives the colour of pixels that do not count where masks hold colours. Immutable.
/// </summary>
public sealed class ClassFile
{
    /// <summary>What such a file is called in the folder of a data set.</summary>
    public const string UsualName = "classes.txt";

    private const string IgnoreName = "ignore";

    /// <summary>Bytes.</summary>
    private const int LongestFile = 1 << 20;

    private ClassFile(ClassList classes, RgbColor? ignoreColor) => (Classes, IgnoreColor) = (classes, ignoreColor);

    /// <summary>The classes, in order of id; those without a colour have one of <see cref="Palette.Distinct"/>.</summary>
    public ClassList Classes { get; }

    /// <summary>The colour of pixels that do not count; null where the file names none.</summary>
    public RgbColor? IgnoreColor { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DatasetException">The file is no list of 1 to 255 unique names.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ClassFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // A device and a pipe have a length of 0, too, and may have no end.
        var file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        if (file is { Exists: true, Length: 0 or > LongestFile })
        {
            throw new DatasetException(
                DatasetFault.Layout,
                path,
                Guard.Text($"has {file.Length} bytes, but a list of classes has 1 to {LongestFile}."),
                "Write one class a line, first that of id 0.");
        }

        var lines = File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).Select(Parse).ToList();
        var named = lines.Where(line => line.Name != IgnoreName).ToList();
        var colors = Palette.Distinct(Math.Clamp(named.Count, 1, 255));
        try
        {
            return new ClassFile(
                new ClassList(named.Select((line, id) => new ClassInfo(line.Name, line.Color ?? colors[Math.Min(id, 254)]))),
                lines.Find(line => line.Name == IgnoreName).Color);
        }
        catch (ArgumentException exception)
        {
            throw new DatasetException(
                DatasetFault.Layout, path, exception.Message, "Classes stand one a line, first that of id 0.", exception);
        }
    }

    private static (string Name, RgbColor? Color) Parse(string line) =>
        line.LastIndexOf(' ') is var space and > 0 && RgbColor.TryParse(line[(space + 1)..], out var color)
            ? (line[..space].TrimEnd(), color)
            : (line, null);
}
