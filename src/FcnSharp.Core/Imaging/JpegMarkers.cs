using System.Buffers.Binary;

namespace FcnSharp.Imaging;

/// <summary>
/// Checks that a JPEG is complete, up to its end marker. Decoders accept a progressive JPEG with missing scans:
/// the picture is only coarser, without an error.
/// </summary>
internal static class JpegMarkers
{
    private const byte EndOfImage = 0xD9;

    /// <summary>Whether the file has an end marker that belongs to the picture, not to a thumbnail inside a segment.</summary>
    public static bool HasEnd(ReadOnlySpan<byte> file)
    {
        for (var at = 2; Next(file, ref at) is var marker and >= 0;)
        {
            if (marker == EndOfImage)
            {
                return true;
            }

            if (at + 2 > file.Length)
            {
                return false;
            }

            at += BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
        }

        return false;
    }

    /// <summary>Skips scan data up to the next marker with a segment, or the end marker.</summary>
    /// <returns>The marker, with <paramref name="at"/> after it, or -1 if there is none.</returns>
    private static int Next(ReadOnlySpan<byte> file, ref int at)
    {
        for (; at + 1 < file.Length; at++)
        {
            // FF 00 is data, FF FF is padding, FF D0 to D7 are restart markers within a scan.
            if (file[at] == 0xFF && file[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
            {
                at += 2;
                return file[at - 1];
            }
        }

        return -1;
    }
}
