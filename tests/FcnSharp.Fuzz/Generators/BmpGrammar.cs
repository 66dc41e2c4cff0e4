using System.Buffers.Binary;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Windows bitmaps with every header and compression, as separate files and inside icons; and WBMP, which has no
/// signature.</summary>
internal static class BmpGrammar
{
    private const int FileHeader = 14;

    public static Format Format { get; } = new("bmp", Write, HugeHeader, LongRuns);

    private static byte[] Write(Dice dice) => dice.Below(8) switch
    {
        0 => Icon(dice),
        1 => WirelessBitmap(dice),
        _ => Bitmap(dice),
    };

    private static byte[] Bitmap(Dice dice)
    {
        var bits = dice.Pick(1, 4, 8, 16, 24, 32);
        var compression = dice.Odd() ? dice.Below(7) : dice.OneIn(3) && bits is 4 or 8 ? bits == 8 ? 1 : 2 : 0;
        var (width, height) = (dice.Size(40), dice.Size(40));
        var palette = bits <= 8 ? 4 << bits : 0;
        var headerSize = dice.Pick(40, 40, 56, 108, 124);
        var rows = dice.Number(dice.OneIn(4) ? -height : height);
        var data = compression is 1 or 2 ? Runs(dice, height) : dice.Bytes(((bits * width) + 31) / 32 * 4 * height);
        return
        [
            .. Head(dice, headerSize, dice.Number(width), rows, bits, compression, palette, data.Length),
            .. dice.Bytes(palette), .. data,
        ];
    }

    private static byte[] Head(
        Dice dice, int headerSize, long width, long height, int bits, int compression, int palette, int dataLength)
    {
        var head = new byte[FileHeader + headerSize];
        "BM"u8.CopyTo(head);
        Put(2, head.Length + palette + dataLength);
        Put(10, head.Length + palette);
        Put(14, headerSize);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(18), (int)width);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(22), (int)height);
        head[26] = (byte)dice.Number(1);
        head[28] = (byte)dice.Number(bits);
        Put(30, compression);
        Put(34, dataLength);
        Put(46, 0);
        if (headerSize > 40)
        {
            dice.Bytes(16).CopyTo(head.AsSpan(54));
        }

        return head;

        void Put(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(at), (int)dice.Number(value));
    }

    /// <summary>Run-length codes: runs, ends of rows, jumps, and runs of single pixels.</summary>
    private static byte[] Runs(Dice dice, int height)
    {
        var runs = new List<byte>();
        for (var row = 0; row < height; row++)
        {
            runs.AddRange([(byte)dice.Number(8), dice.Byte()]);
            runs.AddRange(dice.Odd() ? [0, 2, dice.Byte(), dice.Byte()] : [0, 0]);
        }

        runs.AddRange([0, 1]);
        return [.. runs];
    }

    private static byte[] Icon(Dice dice)
    {
        var picture = dice.OneIn(3) ? PngGrammar.Pictures.Write(dice) : Bitmap(dice)[FileHeader..];
        var head = new byte[22];
        head[2] = dice.Pick<byte>(1, 2);
        head[4] = (byte)dice.Number(1);
        (head[6], head[7]) = (dice.Byte(), dice.Byte());
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(14), (int)dice.Number(picture.Length));
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(18), (int)dice.Number(head.Length));
        return [.. head, .. picture];
    }

    private static byte[] WirelessBitmap(Dice dice)
    {
        var (width, height) = (dice.Between(1, 127), dice.Between(1, 127));
        return [0, 0, (byte)dice.Number(width), (byte)dice.Number(height), .. dice.Bytes((width + 7) / 8 * height)];
    }

    private static byte[] HugeHeader(Dice dice)
    {
        var plain = new Dice(dice.Next());
        var compression = dice.Pick(0, 1);
        var (width, height) = (dice.Size(int.MaxValue), dice.Size(int.MaxValue));
        return [.. Head(plain, 40, width, height, 8, compression, 1024, 100), .. new byte[1024], .. plain.Bytes(100)];
    }

    private static byte[] LongRuns(Dice dice)
    {
        var plain = new Dice(dice.Next());
        var runs = new byte[2 * dice.Size(1 << 20)];
        runs.AsSpan().Fill(dice.Pick<byte>(0xFF, 2));
        return [.. Head(plain, 40, dice.Size(2000), dice.Size(2000), 8, 1, 1024, runs.Length), .. new byte[1024], .. runs];
    }
}
