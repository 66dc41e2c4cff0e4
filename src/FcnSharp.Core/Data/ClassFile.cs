using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>
/// A list of classes as a text file: one class per line, starting with id 0, with an optional colour: <c>road #804080</c>. A line
/// <c>ignore #000000</c> is not a class: it is the colour of ignored pixels in colour masks. Immutable.
/// </summary>
public sealed class ClassFile
{
    /// <summary>The usual name of the file in the folder of a data set.</summary>
    public const string UsualName = "classes.txt";

    private const string IgnoreName = "ignore";

    /// <summary>In bytes.</summary>
    private const int LongestFile = 1 << 20;

    private ClassFile(ClassList classes, RgbColor? ignoreColor) => (Classes, IgnoreColor) = (classes, ignoreColor);

    /// <summary>The classes, in order of id; classes without a colour get one of <see cref="Palette.Distinct"/>.</summary>
    public ClassList Classes { get; }

    /// <summary>The colour of ignored pixels; null if the file does not state it.</summary>
    public RgbColor? IgnoreColor { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DatasetException">The file is not a list of 1 to 255 unique names.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ClassFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // Devices and pipes also have a length of 0, and may have no end.
        var file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        if (file is { Exists: true, Length: 0 or > LongestFile })
        {
            throw new DatasetException(
                DatasetFault.Layout,
                path,
                Guard.Text($"has {file.Length} bytes, but a list of classes has 1 to {LongestFile}."),
                "Write one class per line, starting with id 0.");
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
                DatasetFault.Layout, path, exception.Message, "Write one class per line, starting with id 0.", exception);
        }
    }

    private static (string Name, RgbColor? Color) Parse(string line) =>
        line.LastIndexOf(' ') is var space and > 0 && RgbColor.TryParse(line[(space + 1)..], out var color)
            ? (line[..space].TrimEnd(), color)
            : (line, null);
}
