using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>Limits for reading untrusted picture files. Immutable; change a copy with <c>with</c>.</summary>
public sealed record DecodeOptions
{
    /// <summary>
    /// The largest width times height, in pixels: 1 to 500,000,000; the default is 200,000,000.
    /// The header of the file is checked before any pixel is decoded.
    /// </summary>
    /// <remarks>Decoding takes up to 7 bytes of memory per pixel.</remarks>
    public long MaxPixels
    {
        get;
        init => field = Guard.InRange(value, 1, 500_000_000, nameof(MaxPixels), "Split larger pictures into tiles.");
    } = 200_000_000;

    /// <summary>Refuses a header with more than <see cref="MaxPixels"/>.</summary>
    internal void CheckSize(long width, long height, string name)
    {
        if (width * height > MaxPixels)
        {
            throw new ImageFileException(name, Guard.Text(
                $"claims {width}x{height} pixels, but the limit is {MaxPixels} in total."),
                "Make it smaller, or raise DecodeOptions.MaxPixels if you trust the file.")
            {
                ExceedsMaxPixels = true,
            };
        }
    }
}
