using FcnSharp.Data;
using FcnSharp.Imaging;

namespace TrainYourOwn.Data;

/// <summary>The classes of a folder, and the colour of ignored pixels if masks contain colours.</summary>
internal sealed record FolderClasses(ClassList Classes, RgbColor? IgnoreColor)
{
    /// <summary>Reads the file of the command line, or else classes.txt in the folder; without a file, numbers the classes.</summary>
    public static FolderClasses Find(Settings settings)
    {
        var usual = Path.Combine(settings.Data!, ClassFile.UsualName);
        var path = settings.Classes ?? (File.Exists(usual) ? usual : null);
        if (path is null && settings.ColorMasks)
        {
            throw new DatasetException(
                DatasetFault.Layout, usual, "does not exist, but is needed to map the colours in masks to classes.",
                "Write a name and a colour per line, such as \"road #804080\".");
        }

        if (path is null)
        {
            return new FolderClasses(MaskIds.ToClasses(settings), null);
        }

        var file = ClassFile.Read(path);
        return new FolderClasses(file.Classes, file.IgnoreColor);
    }

    /// <summary>The options for reading the folder's masks.</summary>
    public FolderDatasetOptions ToOptions(Settings settings) => settings.ColorMasks
        ? new FolderDatasetOptions
        {
            Classes = Classes,
            MaskPalette = new Palette(IgnoreColor is { } color ? [.. Classes.Palette, color] : Classes.Palette),
            IgnoreId = Classes.Count,
        }
        : new FolderDatasetOptions { Classes = Classes, IgnoreId = settings.Ignore ?? LabelMap.IgnoreId };
}
