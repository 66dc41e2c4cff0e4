namespace FcnSharp.Imaging;

/// <summary>Connected pixels of one class.</summary>
public sealed record Region
{
    internal Region(int classId, long pixelCount, PixelBox box) =>
        (ClassId, PixelCount, Box) = (classId, pixelCount, box);

    /// <summary>Their class, 0 to 255.</summary>
    public int ClassId { get; }

    /// <summary>How many they are; at least 1.</summary>
    public long PixelCount { get; }

    /// <summary>The smallest box around them.</summary>
    public PixelBox Box { get; }
}
