using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>Limits for reading picture files that come from somebody else. Immutable; change a copy with <c>with</c>.</summary>
public sealed record DecodeOptions
{
    /// <summary>
    /// The largest width times height that is read, in pixels: 1 to 500,000,000, by default 200,000,000.
    /// The file's header is checked against it before any pixel is decoded.
    /// </summary>
    /// <remarks>Decoding takes up to 7 bytes of memory a pixel.</remarks>
    public long MaxPixels
    {
        get;
        init => field = Guard.InRange(value, 1, 500_000_000, nameof(MaxPixels), "Split larger pictures into tiles.");
    } = 200_000_000;

    /// <summary>Refuses a header that asks for more than <see cref="MaxPixels"/>.</summary>
    internal void CheckSize(long width, long height, string name)
    {
        if (width * height > MaxPixels)
        {
            throw new ImageFileException(name, Guard.Text(
                $"claims {width}x{height} pixels, and the limit is {MaxPixels} in all."),
                "Make it smaller, or raise DecodeOptions.MaxPixels if you trust it.")
            {
                ExceedsMaxPixels = true,
            };
        }
    }
}
