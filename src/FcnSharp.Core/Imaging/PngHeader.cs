using System.Buffers.Binary;
using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>The IHDR chunk of a PNG, checked to be a label map: one value of at most 8 bits per pixel.</summary>
internal readonly record struct PngHeader(int Width, int Height, int Bits, bool Interlaced)
{
    /// <summary>Bytes of a row of <paramref name="columns"/> pixels, without the filter byte.</summary>
    public int RowBytes(int columns) => (int)((((long)columns * Bits) + 7) / 8);

    public static PngHeader Parse(ReadOnlySpan<byte> chunk, string name)
    {
        if (chunk.Length != 13)
        {
            throw new ImageFileException(name, Guard.Text(
                $"its PNG header is {chunk.Length} bytes long instead of 13."), ImageDecoder.CopyAgain);
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(chunk), BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]));
        var (bits, color) = (chunk[8], (PngColor)chunk[9]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue || chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1)
        {
            throw new ImageFileException(name, "its PNG header is not valid.", ImageDecoder.CopyAgain);
        }

        CheckKind(color, bits, name);
        return new PngHeader((int)width, (int)height, bits, chunk[12] == 1);
    }

    private static void CheckKind(PngColor color, int bits, string name)
    {
        if (color is PngColor.Rgb or PngColor.Rgba or PngColor.GrayAlpha)
        {
            throw new ImageFileException(name,
                "was saved as a colour picture, so its class ids are lost.",
                "Save the mask as an indexed or grey 8-bit PNG whose values are the class ids.");
        }

        if (bits == 16)
        {
            throw new ImageFileException(name,
                "has 16 bits per pixel, but class ids are 0 to 255.", "Save the mask as an indexed or grey 8-bit PNG.");
        }

        if (color is not (PngColor.Gray or PngColor.Indexed) || bits is not (1 or 2 or 4 or 8))
        {
            throw new ImageFileException(name, "its PNG header is not valid.", ImageDecoder.CopyAgain);
        }
    }
}

/// <summary>The colour types of a PNG's header.</summary>
internal enum PngColor : byte
{
    Gray = 0,
    Rgb = 2,
    Indexed = 3,
    GrayAlpha = 4,
    Rgba = 6,
}
