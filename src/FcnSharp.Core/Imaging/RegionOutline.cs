using System.Collections.Immutable;

namespace FcnSharp.Imaging;

/// <summary>A region with its exact outline, for label editors. Immutable and thread-safe.</summary>
/// <remarks>
/// Rings follow the corners of pixels, from (0, 0) at the top left of the picture to (Width, Height), and are closed: the last corner
/// equals the first. Collinear corners are left out. The outer ring is clockwise on the screen, and holes are counter-clockwise, so that
/// the signed areas add up to the pixels of the region.
/// </remarks>
public sealed class RegionOutline
{
    private readonly int width;
    private readonly int height;

    internal RegionOutline(
        Region region, ImmutableArray<PixelCorner> outer, ImmutableArray<ImmutableArray<PixelCorner>> holes, LabelMap map)
    {
        (Region, Outer, Holes) = (region, outer, holes);
        (width, height) = (map.Width, map.Height);
    }

    /// <summary>Class, pixels and box.</summary>
    public Region Region { get; }

    /// <summary>The outer ring.</summary>
    public ImmutableArray<PixelCorner> Outer { get; }

    /// <summary>The ring of each hole.</summary>
    public ImmutableArray<ImmutableArray<PixelCorner>> Holes { get; }

    /// <summary>The region as a mask of the picture's size in COCO's run-length encoding.</summary>
    public RunLengths ToRunLengths() => RunLengths.Within(width, height, [Outer, .. Holes]);
}

/// <summary>A corner of a pixel.</summary>
/// <param name="X">Pixels from the left edge of the picture.</param>
/// <param name="Y">Pixels from the top edge of the picture.</param>
public readonly record struct PixelCorner(int X, int Y);
