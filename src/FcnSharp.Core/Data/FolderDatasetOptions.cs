using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>How a data set lies in its folder. Immutable; change a copy with <c>with</c>.</summary>
public sealed record FolderDatasetOptions
{
    /// <summary>Names and colours of the classes.</summary>
    public required ClassList Classes { get; init; }

    /// <summary>The id, 0 to 255, of pixels that count neither in a loss nor in a metric. The default is 255.</summary>
    public int IgnoreId
    {
        get;
        init => field = Guard.InRange(value, 0, 255, nameof(IgnoreId), "Ids are bytes; 255 is the usual choice.");
    } = LabelMap.IgnoreId;

    /// <summary>The folder of the pictures, relative to the data set's; subfolders are searched too. The default is
    /// <c>images</c>.</summary>
    public string Pictures { get; init; } = "images";

    /// <summary>The folder of the masks, relative to the data set's; subfolders are searched too. The default is <c>labels</c>.</summary>
    public string Masks { get; init; } = "labels";

    /// <summary>What follows the name in every picture's file name, such as <c>_leftImg8bit</c> in Cityscapes. The default is
    /// nothing.</summary>
    public string PictureSuffix { get; init; } = "";

    /// <summary>What follows the name in every mask's file name, such as <c>_L</c> in the original CamVid. The default is
    /// nothing.</summary>
    public string MaskSuffix { get; init; } = "";

    /// <summary>
    /// A text file, relative to the data set's folder, that lists the names of this split, one a line, with or without ending.
    /// Null, the default, takes every name in the folders.
    /// </summary>
    public string? SplitFile { get; init; }

    /// <summary>
    /// The colours in which masks were drawn, in order of id; a further one, at the place of <see cref="IgnoreId"/>, may mark ignored
    /// pixels. Null, the default, means that masks hold ids: indexed or grey 8-bit PNG.
    /// </summary>
    public Palette? MaskPalette { get; init; }

    /// <summary>Limits for the files.</summary>
    public DecodeOptions Decoding { get; init; } = new();
}
