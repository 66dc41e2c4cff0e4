using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace FcnSharp.Fuzz.Generators;

/// <summary>PNG files of every colour type, from the specification.</summary>
internal static class PngGrammar
{
    /// <summary>Of any colour type.</summary>
    public static Format Pictures { get; } =
        new("png", dice => Write(dice, dice.Pick<byte>(0, 2, 3, 4, 6)), HugeHeader, Blank, ManyChunks) { Mend = Mend };

    /// <summary>Of one value a pixel, as masks are.</summary>
    public static Format Masks { get; } =
        new("mask png", dice => Write(dice, dice.Pick<byte>(0, 3)), HugeHeader, Blank, ManyChunks) { Mend = Mend };

    private static byte[] Write(Dice dice, byte color)
    {
        var (width, height) = (dice.Size(40), dice.Size(40));
        var bits = color is 2 or 4 or 6 ? dice.Pick<byte>(8, 16) : dice.Pick<byte>(1, 2, 4, 8);
        var isInterlaced = dice.OneIn(4);
        var rows = Rows(dice, width, height, Channels(color) * bits, isInterlaced);

        using var file = Open(dice);
        Chunk(dice, file, "IHDR"u8, Header(dice, dice.Number(width), dice.Number(height), bits, color, isInterlaced));
        if (color == 3 || dice.Odd())
        {
            Chunk(dice, file, "PLTE"u8, dice.Bytes(dice.Odd() ? dice.Size(1000) : 3 * (1 << Math.Min(bits, (byte)8))));
        }

        if (dice.OneIn(3))
        {
            Chunk(dice, file, Encoding.Latin1.GetBytes(dice.Pick("tEXt", "tRNS", "iCCP", "eXIf", "gAMA")), dice.Bytes(dice.Size(40)));
        }

        WriteData(dice, file, Deflate(rows, dice.Pick(CompressionLevel.Fastest, CompressionLevel.NoCompression)));
        if (!dice.Odd())
        {
            Chunk(dice, file, "IEND"u8, []);
        }

        return file.ToArray();
    }

    private static int Channels(byte color) => color switch
    {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };

    private static byte[] Rows(Dice dice, int width, int height, int bits, bool isInterlaced)
    {
        using var rows = new MemoryStream();
        ReadOnlySpan<(int X, int Y, int StepX, int StepY)> passes = isInterlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        foreach (var (x, y, stepX, stepY) in passes)
        {
            var columns = (width - x + stepX - 1) / stepX;
            for (var row = y; row < height && columns > 0; row += stepY)
            {
                rows.WriteByte(dice.Odd() ? dice.Byte() : (byte)dice.Below(5));
                var length = dice.Odd() ? dice.Below(columns * bits) : ((columns * bits) + 7) / 8;
                rows.Write(dice.OneIn(2) ? new byte[length] : dice.Bytes(length));
            }
        }

        return rows.ToArray();
    }

    private static byte[] Deflate(byte[] data, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, level, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return compressed.ToArray();
    }

    private static void WriteData(Dice dice, MemoryStream file, byte[] data)
    {
        if (dice.Odd())
        {
            data = Mutator.Mutate(dice, data, data);
        }

        for (var (at, size) = (0, dice.OneIn(2) ? data.Length : dice.Size(data.Length + 1)); at < data.Length; at += size)
        {
            Chunk(dice, file, "IDAT"u8, data.AsSpan(at, Math.Min(size, data.Length - at)));
        }
    }

    private static MemoryStream Open(Dice dice)
    {
        var file = new MemoryStream();
        file.Write(dice.Odd() ? dice.Bytes(8) : [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        return file;
    }

    private static byte[] Header(Dice dice, long width, long height, byte bits, byte color, bool isInterlaced)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), (uint)height);
        header[8] = (byte)dice.Number(bits);
        header[9] = (byte)dice.Number(color);
        header[10] = (byte)dice.Number(0);
        header[12] = (byte)dice.Number(isInterlaced ? 1 : 0);
        return header;
    }

    private static void Chunk(Dice dice, MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (dice.Odd())
        {
            type = Encoding.Latin1.GetBytes(dice.Pick("IHDR", "PLTE", "IDAT", "IEND", "ABCD", "abcd"));
        }

        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, (uint)dice.Number(data.Length));
        file.Write(number);
        file.Write(type);
        file.Write(data);
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, dice.Odd() ? (uint)dice.Next() : checksum.GetCurrentHashAsUInt32());
        file.Write(number);
    }

    private static void Mend(byte[] file)
    {
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12)
            {
                return;
            }

            var end = at + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(end), Crc32.HashToUInt32(file.AsSpan(at + 4, (int)length + 4)));
            at = end + 4;
        }
    }

    private static byte[] HugeHeader(Dice dice)
    {
        var plain = new Dice(dice.Next());
        using var file = Open(plain);
        var (width, height) = (dice.Size(int.MaxValue), dice.Size(int.MaxValue));
        Chunk(plain, file, "IHDR"u8, Header(plain, width, height, 8, dice.Pick<byte>(0, 2, 3), dice.OneIn(2)));
        Chunk(plain, file, "IDAT"u8, Deflate(new byte[dice.Size(100_000)], CompressionLevel.Fastest));
        Chunk(plain, file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Millions of zero pixels, and possibly more rows than the header states.</summary>
    private static byte[] Blank(Dice dice)
    {
        var plain = new Dice(dice.Next());
        var (width, height) = (dice.Size(1 << 12), dice.Size(1 << 10));
        using var file = Open(plain);
        Chunk(plain, file, "IHDR"u8, Header(plain, width, height, 8, dice.Pick<byte>(0, 3), isInterlaced: false));
        Chunk(plain, file, "PLTE"u8, new byte[768]);
        var rows = new byte[(width + 1) * (height + (dice.OneIn(3) ? dice.Size(1000) : 0))];
        Chunk(plain, file, "IDAT"u8, Deflate(rows, CompressionLevel.Fastest));
        Chunk(plain, file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] ManyChunks(Dice dice)
    {
        var plain = new Dice(dice.Next());
        using var file = Open(plain);
        Chunk(plain, file, "IHDR"u8, Header(plain, 8, 8, 8, 0, isInterlaced: false));
        var type = Encoding.Latin1.GetBytes(dice.Pick("IDAT", "tEXt", "PLTE"));
        for (var count = dice.Size(200_000); count > 0; count--)
        {
            Chunk(plain, file, type, []);
        }

        return file.ToArray();
    }
}
