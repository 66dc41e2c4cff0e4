namespace FcnSharp.Imaging;

/// <summary>Connected pixels of one class. Immutable.</summary>
public sealed record Region
{
    internal Region(int classId, long pixelCount, PixelBox box) =>
        (ClassId, PixelCount, Box) = (classId, pixelCount, box);

    /// <summary>The class id, 0 to 255.</summary>
    public int ClassId { get; }

    /// <summary>Number of pixels; at least 1.</summary>
    public long PixelCount { get; }

    /// <summary>The bounding box.</summary>
    public PixelBox Box { get; }
}
