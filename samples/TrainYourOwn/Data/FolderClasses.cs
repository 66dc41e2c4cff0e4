using FcnSharp.Data;
using FcnSharp.Imaging;

namespace TrainYourOwn.Data;

/// <summary>The classes of a folder, and the colour of pixels that do not count where masks hold colours.</summary>
internal sealed record FolderClasses(ClassList Classes, RgbColor? IgnoreColor)
{
    /// <summary>Those of the file that the command line names, or of classes.txt in the folder, or numbered classes.</summary>
    public static FolderClasses Find(Settings settings)
    {
        var usual = Path.Combine(settings.Data!, ClassFile.UsualName);
        var path = settings.Classes ?? (File.Exists(usual) ? usual : null);
        if (path is null && settings.ColorMasks)
        {
            throw new DatasetException(
                DatasetFault.Layout, usual, "there is no such file, but colours in masks mean nothing without it.",
                "Write a name and a colour in every line, such as \"road #804080\".");
        }

        if (path is null)
        {
            return new FolderClasses(MaskIds.ToClasses(settings), null);
        }

        var file = ClassFile.Read(path);
        return new FolderClasses(file.Classes, file.IgnoreColor);
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
}
