namespace FcnSharp.Imaging;

/// <summary>An unsupported picture format, detected from the first bytes of a file, so that the message can state the remedy.</summary>
/// <param name="Name">Display name of the format.</param>
/// <param name="Ending">The usual file extension.</param>
internal sealed record OtherFormat(string Name, string Ending)
{
    private const int BrandAt = 8;

    /// <summary>The format of a file; null if it is not one of these.</summary>
    public static OtherFormat? Of(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8))
        {
            return new OtherFormat("TIFF", ".tiff");
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || file.StartsWith("\0\0\0\fJXL \r\n"u8))
        {
            return new OtherFormat("JPEG XL", ".jxl");
        }

        if (file.StartsWith("\0\0\0\fjP  \r\n"u8))
        {
            return new OtherFormat("JPEG 2000", ".jp2");
        }

        // ISO base media (ISO/IEC 14496-12): length, "ftyp", major brand.
        return file.Length < BrandAt + 4 || !file[4..BrandAt].SequenceEqual("ftyp"u8) ? null
            : file[BrandAt..].StartsWith("avif"u8) || file[BrandAt..].StartsWith("avis"u8) ? new OtherFormat("AVIF", ".avif")
            : file[BrandAt..].StartsWith("hei"u8) || file[BrandAt..].StartsWith("hev"u8) || file[BrandAt..].StartsWith("mif1"u8)
                || file[BrandAt..].StartsWith("msf1"u8) ? new OtherFormat("HEIC", ".heic")
            : null;
    }
}
