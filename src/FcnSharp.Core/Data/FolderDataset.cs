namespace FcnSharp.Data;

/// <summary>Pictures and masks in folders, matched by name: masks contain class ids, or colours of a palette. Thread-safe.</summary>
public sealed class FolderDataset : FileDataset
{
    /// <summary>Lists the files.</summary>
    /// <param name="folder">The data set's folder.</param>
    /// <param name="options">The layout of the folder, and the meaning of the masks.</param>
    /// <exception cref="DatasetException">A folder or the split file is missing or empty, or two files have the same name.</exception>
    /// <exception cref="ArgumentException">Pictures and masks have the same folder and suffix, or two ids of the palette have the same
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
                $"Pictures and masks have the same folder, \"{options.Pictures}\", and the same suffix. " +
                "Set another folder for one of them, or set MaskSuffix.",
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

    /// <summary>Whether a file belongs to the other kind (picture or mask): it is in the other kind's subfolder of this folder, or has its
    /// longer suffix.</summary>
    private static bool IsOther(string path, string stem, string folder, string otherFolder, string suffix, string otherSuffix) =>
        folder == otherFolder
            ? otherSuffix.Length > suffix.Length && stem.EndsWith(otherSuffix, StringComparison.Ordinal)
            : otherFolder.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                && path.StartsWith(otherFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
