using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>The folder layout and the labels of a data set. Immutable; change a copy with <c>with</c>.</summary>
public sealed record FolderDatasetOptions
{
    /// <summary>Names and colours of the classes.</summary>
    public required ClassList Classes { get; init; }

    /// <summary>The id, 0 to 255, of ignored pixels, which neither a loss nor a metric counts. The default is 255.</summary>
    public int IgnoreId
    {
        get;
        init => field = Guard.InRange(value, 0, 255, nameof(IgnoreId), "Ids are bytes; 255 is the usual choice.");
    } = LabelMap.IgnoreId;

    /// <summary>The folder of the pictures, relative to the data set's folder; subfolders are included. The default is
    /// <c>images</c>.</summary>
    public string Pictures { get; init; } = "images";

    /// <summary>The folder of the masks, relative to the data set's folder; subfolders are included. The default is
    /// <c>labels</c>.</summary>
    public string Masks { get; init; } = "labels";

    /// <summary>Suffix of every picture's file name before the extension, such as <c>_leftImg8bit</c> in Cityscapes. The default is
    /// empty.</summary>
    public string PictureSuffix { get; init; } = "";

    /// <summary>Suffix of every mask's file name before the extension, such as <c>_L</c> in the original CamVid. The default is
    /// empty.</summary>
    public string MaskSuffix { get; init; } = "";

    /// <summary>
    /// A text file, relative to the data set's folder, that lists the names of this split, one per line, with or without extension.
    /// Null, the default, means every name in the folders.
    /// </summary>
    public string? SplitFile { get; init; }

    /// <summary>
    /// The colours of colour masks, in order of id; a further colour, at index <see cref="IgnoreId"/>, may mark ignored pixels. Null, the
    /// default, means that masks contain ids, as indexed or grey 8-bit PNG.
    /// </summary>
    public Palette? MaskPalette { get; init; }

    /// <summary>Limits for the files.</summary>
    public DecodeOptions Decoding { get; init; } = new();
}
