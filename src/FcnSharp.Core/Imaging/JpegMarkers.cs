using System.Buffers.Binary;

namespace FcnSharp.Imaging;

/// <summary>
/// Finds out whether a JPEG of several scans has all of them. Decoders do not mind a missing scan: the picture only comes out
/// coarser. A missing part of a single scan they do report, so a file with one is left to them, end marker or not.
/// </summary>
internal static class JpegMarkers
{
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    /// <summary>Whether no scan can be missing.</summary>
    public static bool HasEveryScan(ReadOnlySpan<byte> file)
    {
        var frameComponents = 0;
        var severalScans = true;
        for (var at = 2; Next(file, ref at) is var marker and >= 0;)
        {
            if (marker == EndOfImage)
            {
                return true;
            }

            if (at + 2 > file.Length)
            {
                break;
            }

            var segment = file[at..];
            if (IsFrame(marker) && segment.Length > 7)
            {
                frameComponents = IsSequential(marker) ? segment[7] : 0;
            }
            else if (marker == StartOfScan && segment.Length > 2)
            {
                severalScans = segment[2] != frameComponents;
            }

            at += BinaryPrimitives.ReadUInt16BigEndian(segment);
        }

        return !severalScans;
    }

    /// <summary>Skips to the next marker that is not part of a scan's data.</summary>
    /// <returns>The marker, with <paramref name="at"/> behind it, or -1 at the end.</returns>
    private static int Next(ReadOnlySpan<byte> file, ref int at)
    {
        for (; at + 1 < file.Length; at++)
        {
            if (file[at] == 0xFF && file[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
            {
                at += 2;
                return file[at - 1];
            }
        }

        return -1;
    }

    private static bool IsFrame(int marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool IsSequential(int marker) => marker is 0xC0 or 0xC1 or 0xC9;
}
