using FcnSharp.Data;
using FcnSharp.Imaging;

namespace TrainYourOwn.Data;

/// <summary>The classes of a folder, and the colour of pixels that do not count where masks hold colours.</summary>
internal sealed record ClassFile(ClassList Classes, RgbColor? IgnoreColor)
{
    private const string IgnoreName = "ignore";
    private const int LongestFile = 1 << 20;

    /// <summary>The file that the command line names, or classes.txt in the folder, or numbered classes.</summary>
    public static ClassFile Find(Settings settings)
    {
        var usual = Path.Combine(settings.Data!, "classes.txt");
        var path = settings.Classes ?? (File.Exists(usual) ? usual : null);
        return (path, settings.ColorMasks) switch
        {
            ({ } file, _) => Read(file),
            (null, true) => throw new DatasetException(
                DatasetFault.Layout, usual, "there is no such file, but colours in masks mean nothing without it.",
                "Write a name and a colour in every line, such as \"road #804080\"."),
            _ => new ClassFile(MaskIds.ToClasses(settings), null),
        };
    }

    /// <summary>How the folder's masks are to be read.</summary>
    public FolderDatasetOptions ToOptions(Settings settings) => settings.ColorMasks
        ? new FolderDatasetOptions
        {
            Classes = Classes,
            MaskPalette = new Palette(IgnoreColor is { } color ? [.. Classes.Palette, color] : Classes.Palette),
            IgnoreId = Classes.Count,
        }
        : new FolderDatasetOptions { Classes = Classes, IgnoreId = settings.Ignore ?? LabelMap.IgnoreId };

    private static ClassFile Read(string path)
    {
        // A device and a pipe have a length of 0, too, and may have no end.
        var file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        if (file is { Exists: true, Length: 0 or > LongestFile })
        {
            throw new DatasetException(
                DatasetFault.Layout, path, $"has {file.Length} bytes, but a list of classes has 1 to {LongestFile}.",
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

    /// <summary><c>road</c>, or <c>road #804080</c>.</summary>
    private static (string Name, RgbColor? Color) Parse(string line) =>
        line.LastIndexOf(' ') is var space and > 0 && RgbColor.TryParse(line[(space + 1)..], out var color)
            ? (line[..space].TrimEnd(), color)
            : (line, null);
}
