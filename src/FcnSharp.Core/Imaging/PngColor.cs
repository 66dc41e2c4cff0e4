namespace FcnSharp.Imaging;

/// <summary>The colour types of a PNG's header.</summary>
internal enum PngColor : byte
{
    Gray = 0,
    Rgb = 2,
    Indexed = 3,
    GrayAlpha = 4,
    Rgba = 6,
}
