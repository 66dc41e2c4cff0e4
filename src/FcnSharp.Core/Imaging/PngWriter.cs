using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace FcnSharp.Imaging;

/// <summary>Writes 8-bit PNGs of one byte per pixel: grey, or indexed with a palette. Skia would convert both.</summary>
internal static class PngWriter
{
    private const int DataChunkBytes = 1 << 16;

    /// <summary>The eight bytes at the start of every PNG.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Refuses a path without the extension .png.</summary>
    public static void CheckEnding(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"{path}: masks and label maps are written only as PNG, which is lossless. Use the extension .png.", nameof(path));
        }
    }

    public static void WriteGray(Stream stream, ReadOnlySpan<byte> pixels, int width, int height)
    {
        WriteHeader(stream, width, height, PngColor.Gray);
        WriteRows(stream, pixels, width);
    }

    /// <summary>Writes ids with the R, G, B bytes of up to 256 colours.</summary>
    public static void WriteIndexed(Stream stream, ReadOnlySpan<byte> ids, int width, int height, ReadOnlySpan<byte> palette)
    {
        WriteHeader(stream, width, height, PngColor.Indexed);
        WriteChunk(stream, "PLTE"u8, palette);
        WriteRows(stream, ids, width);
    }

    /// <summary>Writes length, type, data and checksum.</summary>
    public static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);

        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        stream.Write(number);
    }

    private static void WriteHeader(Stream stream, int width, int height, PngColor color)
    {
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)color;

        stream.Write(Signature);
        WriteChunk(stream, "IHDR"u8, header);
    }

    private static void WriteRows(Stream stream, ReadOnlySpan<byte> pixels, int width)
    {
        using (var chunks = new BufferedStream(new PngDataStream(stream), DataChunkBytes))
        using (var zlib = new ZLibStream(chunks, CompressionLevel.Optimal))
        {
            for (var row = pixels; !row.IsEmpty; row = row[width..])
            {
                zlib.WriteByte(0); // no filter: ids are not quantities
                zlib.Write(row[..width]);
            }
        }

        WriteChunk(stream, "IEND"u8, []);
    }
}
