namespace FcnSharp.Networks;

/// <summary>The paddings and crops that align the maps of a network with its picture, by layout and variant.</summary>
/// <remarks>
/// The offsets of the original layout follow from the 100 pixels around the picture
/// (Long, Shelhamer and Darrell, net.py); a test derives them from kernels, strides and paddings.
/// </remarks>
public sealed record FcnAlignment
{
    private FcnAlignment()
    {
    }

    /// <summary>Zero rows and columns, in pixels, that the first convolution adds on each side.</summary>
    public required int FirstPadding { get; init; }

    /// <summary>The picture is zero-padded right and bottom to multiples of this many pixels; 1 means not at all.</summary>
    public required int SizeMultiple { get; init; }

    /// <summary>Whether a transposed convolution of stride s trims s/2 cells on each side, so that its output is exactly s times as large
    /// as its input.</summary>
    public required bool TrimsUpsampling { get; init; }

    /// <summary>Cells of the pool4 scores to skip before they are added to the upsampled scores.</summary>
    public required int Pool4Offset { get; init; }

    /// <summary>Cells of the pool3 scores to skip before they are added to the upsampled scores.</summary>
    public required int Pool3Offset { get; init; }

    /// <summary>Cells of the last upsampled map, which are pixels, to skip so that it is aligned with the picture.</summary>
    public required int ImageOffset { get; init; }

    /// <summary>The alignment of a network.</summary>
    public static FcnAlignment Of(FcnOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Layout == FcnLayout.Compact
            ? new FcnAlignment
            {
                FirstPadding = 1,
                SizeMultiple = 32,
                TrimsUpsampling = true,
                Pool4Offset = 0,
                Pool3Offset = 0,
                ImageOffset = 0,
            }
            : new FcnAlignment
            {
                FirstPadding = 100,
                SizeMultiple = 1,
                TrimsUpsampling = false,
                Pool4Offset = 5,
                Pool3Offset = 9,
                ImageOffset = options.Variant switch
                {
                    FcnVariant.Fcn8s => 31,
                    FcnVariant.Fcn16s => 27,
                    _ => 19,
                },
            };
    }
}
