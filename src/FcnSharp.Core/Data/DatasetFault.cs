namespace FcnSharp.Data;

/// <summary>The kinds of errors of a data set.</summary>
public enum DatasetFault
{
    /// <summary>A folder or a list of names is missing, empty or ambiguous.</summary>
    Layout,

    /// <summary>A mask, or a line of a list of names, has no picture.</summary>
    MissingPicture,

    /// <summary>A picture has no mask.</summary>
    MissingMask,

    /// <summary>A file is not a picture, is damaged, or may not be read.</summary>
    UnreadableFile,

    /// <summary>The size of a mask differs from that of its picture.</summary>
    SizeMismatch,

    /// <summary>A mask has an id that is neither a class nor the ignored id.</summary>
    UnknownId,

    /// <summary>A mask was saved as a colour picture where class ids are expected.</summary>
    ColorMask,

    /// <summary>A mask was saved as black and white, 0 and 255, where class ids are expected.</summary>
    BlackWhiteMask,

    /// <summary>A colour mask has a colour that the palette does not have.</summary>
    UnknownColor,

    /// <summary>The same picture is in two splits.</summary>
    DuplicateAcrossSplits,
}
