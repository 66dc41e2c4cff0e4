namespace FcnSharp.Data;

/// <summary>Pictures and masks in folders, matched by name: masks hold class ids, or colours from a palette.</summary>
public sealed class FolderDataset : FileDataset
{
    /// <summary>Lists the files.</summary>
    /// <param name="folder">The data set's folder.</param>
    /// <param name="options">Where pictures and masks lie in it, and what they mean.</param>
    /// <exception cref="DatasetException">A folder or the split file is missing or empty, or two files have the same name.</exception>
    /// <exception cref="ArgumentException">Pictures and masks cannot be told apart, or two ids of the palette have the same
    /// colour.</exception>
    public FolderDataset(string folder, FolderDatasetOptions options)
        : base(
            NameOf(folder, options),
            options.Classes,
            options.IgnoreId,
            new SampleReader(options.MaskPalette is { } palette ? new MaskColors(palette) : null, options.Decoding),
            List(folder, options))
    {
    }

    private static string NameOf(string folder, FolderDatasetOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return $"{name} {Path.GetFileNameWithoutExtension(options.SplitFile) ?? options.Pictures}";
    }

    private static SampleFiles[] List(string folder, FolderDatasetOptions options)
    {
        var pictureFolder = Path.GetFullPath(options.Pictures, Path.GetFullPath(folder));
        var maskFolder = Path.GetFullPath(options.Masks, Path.GetFullPath(folder));
        if (pictureFolder == maskFolder && options.PictureSuffix == options.MaskSuffix)
        {
            throw new ArgumentException(
                $"Pictures and masks are both looked for in \"{options.Pictures}\" by the same suffix. " +
                "Set another folder for one of them, or MaskSuffix.",
                nameof(options));
        }

        var pictures = new NamedFiles(pictureFolder, options.PictureSuffix, IsMask);
        var masks = new NamedFiles(maskFolder, options.MaskSuffix, IsPicture);
        var names = options.SplitFile is { } split
            ? NameList.Read(Path.GetFullPath(split, Path.GetFullPath(folder)))
            : [.. pictures.Names.Union(masks.Names).Order(StringComparer.Ordinal)];
        return names.Count > 0
            ? [.. names.Select(name => new SampleFiles(name, pictures.PathOf(name), masks.PathOf(name)))]
            : throw new DatasetException(
                DatasetFault.Layout, pictureFolder, "there are no pictures in this folder.",
                "Check the layout, the suffixes, and that files end in .png, .jpg, .webp, .bmp or .gif.");

        bool IsMask(string path, string stem) => IsOther(path, stem, pictureFolder, maskFolder, options.PictureSuffix, options.MaskSuffix);

        bool IsPicture(string path, string stem) =>
            IsOther(path, stem, maskFolder, pictureFolder, options.MaskSuffix, options.PictureSuffix);
    }

    /// <summary>Whether a file of one folder belongs to the other kind: it lies in that one's folder inside this one, or has its longer
    /// suffix.</summary>
    private static bool IsOther(string path, string stem, string folder, string otherFolder, string suffix, string otherSuffix) =>
        folder == otherFolder
            ? otherSuffix.Length > suffix.Length && stem.EndsWith(otherSuffix, StringComparison.Ordinal)
            : otherFolder.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                && path.StartsWith(otherFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
