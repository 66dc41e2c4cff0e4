using System.Buffers.Binary;
using FcnSharp.Imaging;

namespace FcnSharp.Fuzz.Generators;

/// <summary>JPEG files: sound ones of an encoder, and segments put together by hand, baseline and progressive.</summary>
internal static class JpegGrammar
{
    public static Format Format { get; } = new("jpeg", Write, HugeFrame, ManyScans, ManySegments);

    private static byte[] Write(Dice dice) => dice.IsSound && dice.OneIn(2) ? Encoded(dice) : Assembled(dice);

    private static byte[] Encoded(Dice dice)
    {
        var picture = SmallPictures.Draw(dice);
        using var file = new MemoryStream();
        picture.Write(file, ImageFormat.Jpeg, dice.Between(1, 100));
        return file.ToArray();
    }

    private static byte[] Assembled(Dice dice)
    {
        var isProgressive = dice.OneIn(2);
        var components = dice.Pick(1, 3, 4);
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        if (dice.OneIn(2))
        {
            Segment(dice, file, 0xE1, Exif(dice));
        }

        Segment(dice, file, 0xDB, [(byte)dice.Number(0), .. dice.Odd() ? dice.Bytes(dice.Size(200)) : Enumerable.Repeat((byte)16, 64)]);
        var (width, height) = (dice.Number(dice.Size(64)), dice.Number(dice.Size(64)));
        Segment(dice, file, isProgressive ? (byte)0xC2 : (byte)0xC0, Frame(dice, width, height, components));
        if (dice.OneIn(4))
        {
            Segment(dice, file, 0xDD, [0, (byte)dice.Number(1)]);
        }

        Segment(dice, file, 0xC4, Huffman(dice, 0x00));
        Segment(dice, file, 0xC4, Huffman(dice, 0x10));
        for (var scans = isProgressive ? dice.Between(1, 10) : 1; scans > 0; scans--)
        {
            Scan(dice, file, components, isProgressive);
        }

        file.Write(dice.Odd() ? dice.Bytes(2) : [0xFF, 0xD9]);
        return file.ToArray();
    }

    private static byte[] Frame(Dice dice, long width, long height, int components)
    {
        var frame = new byte[6 + (3 * components)];
        frame[0] = (byte)dice.Number(8);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(3), (ushort)width);
        frame[5] = (byte)dice.Number(components);
        for (var i = 0; i < components; i++)
        {
            frame[6 + (3 * i)] = (byte)dice.Number(i + 1);
            frame[7 + (3 * i)] = dice.Odd() ? dice.Byte() : (byte)0x11;
            frame[8 + (3 * i)] = (byte)dice.Number(0);
        }

        return frame;
    }

    /// <summary>A table of codes: 00 for no change and 01 for four bits, or any.</summary>
    private static byte[] Huffman(Dice dice, byte kind)
    {
        byte[] table = [kind, 0, 2, .. new byte[14], 0, 4];
        return dice.Odd() ? Mutator.Mutate(dice, table, table) : table;
    }

    private static void Scan(Dice dice, MemoryStream file, int components, bool isProgressive)
    {
        var scanned = isProgressive && dice.OneIn(2) ? 1 : components;
        var scan = new List<byte> { (byte)dice.Number(scanned) };
        for (var i = 0; i < scanned; i++)
        {
            scan.Add((byte)(i + 1));
            scan.Add((byte)dice.Number(0));
        }

        scan.AddRange(isProgressive
            ? [dice.Pick<byte>(0, 0, 1, dice.Byte()), dice.Pick<byte>(0, 0, 63, dice.Byte()), dice.Pick<byte>(0, 0x01, 0x10, dice.Byte())]
            : [(byte)dice.Number(0), (byte)dice.Number(63), (byte)dice.Number(0)]);
        Segment(dice, file, 0xDA, scan.ToArray());
        foreach (var data in dice.Bytes(dice.Size(300)))
        {
            file.Write(data == 0xFF ? [0xFF, 0] : [data]);
        }

        if (dice.OneIn(4))
        {
            file.Write([0xFF, (byte)(0xD0 + dice.Below(8))]);
        }
    }

    private static byte[] Exif(Dice dice) =>
    [
        .. "Exif\0\0MM\0*\0\0\0"u8, (byte)dice.Number(8), 0, (byte)dice.Number(1), 0x01, 0x12, 0, (byte)dice.Number(3), 0, 0, 0,
        (byte)dice.Number(1), 0, (byte)dice.Number(dice.Between(1, 8)), 0, 0, 0, 0, 0, 0,
    ];

    private static void Segment(Dice dice, MemoryStream file, byte marker, ReadOnlySpan<byte> content)
    {
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)dice.Number(content.Length + 2));
        file.Write([0xFF, dice.Odd() ? (byte)(0xC0 + dice.Below(64)) : marker]);
        file.Write(length);
        file.Write(content);
    }

    private static byte[] HugeFrame(Dice dice)
    {
        var plain = new Dice(dice.Next());
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        Segment(plain, file, 0xDB, [0, .. Enumerable.Repeat((byte)16, 64)]);
        Segment(plain, file, dice.Pick<byte>(0xC0, 0xC2), Frame(plain, dice.Size(65535), dice.Size(65535), dice.Pick(1, 3)));
        Segment(plain, file, 0xC4, Huffman(plain, 0x00));
        Segment(plain, file, 0xC4, Huffman(plain, 0x10));
        Segment(plain, file, 0xDA, [1, 1, 0, 0, 63, 0]);
        file.Write([0, 0xFF, 0xD9]);
        return file.ToArray();
    }

    /// <summary>A progressive picture of up to four million pixels, and scans of a few bytes that each go over all of it: one for every
    /// coefficient and bit, without a change.</summary>
    private static byte[] ManyScans(Dice dice)
    {
        var plain = new Dice(dice.Next());
        var (width, height) = (dice.Size(2000), dice.Size(2000));
        var blocks = (width + 7) / 8 * ((height + 7) / 8);
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        Segment(plain, file, 0xDB, [0, .. Enumerable.Repeat((byte)16, 64)]);
        Segment(plain, file, 0xC2, Frame(plain, width, height, 1));
        Segment(plain, file, 0xC4, Huffman(plain, 0x00));

        // The only code for the other coefficients says that 16,384 blocks have none.
        Segment(plain, file, 0xC4, [0x10, 0, 1, .. new byte[14], 0xE0]);
        Segment(plain, file, 0xDA, [1, 1, 0, 0, 0, 0]);
        file.Write(new byte[(blocks / 4) + 1]);
        for (var (scan, count, high) = (0, dice.Size(63 * 14), 13); scan < count; scan++)
        {
            var (coefficient, bit) = ((byte)((scan % 63) + 1), high - (scan / 63));
            Segment(plain, file, 0xDA, [1, 1, 0, coefficient, coefficient, (byte)((bit == high ? 0 : (bit + 1) << 4) | bit)]);
            file.Write(new byte[2 * ((blocks / 16_384) + 1)]);
        }

        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    private static byte[] ManySegments(Dice dice)
    {
        var plain = new Dice(dice.Next());
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        for (var count = dice.Size(500_000); count > 0; count--)
        {
            Segment(plain, file, 0xE2, []);
        }

        return file.ToArray();
    }
}
