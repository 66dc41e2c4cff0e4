namespace FcnSharp.Fuzz.Generators;

/// <summary>GIF files of one or more frames, with LZW codes that are valid, random or endless.</summary>
internal static class GifGrammar
{
    public static Format Format { get; } = new("gif", Write, HugeScreen, ManyFrames);

    private static byte[] Write(Dice dice)
    {
        var (width, height) = (dice.Size(40), dice.Size(40));
        using var file = Open(dice, dice.Number(width), dice.Number(height));
        for (var frames = dice.Between(1, 3); frames > 0; frames--)
        {
            if (dice.OneIn(2))
            {
                Extension(dice, file);
            }

            Frame(dice, file, dice.Number(width), dice.Number(height), Codes(dice, width * height));
        }

        file.WriteByte(dice.Odd() ? dice.Byte() : (byte)0x3B);
        return file.ToArray();
    }

    private static MemoryStream Open(Dice dice, long width, long height)
    {
        var file = new MemoryStream();
        file.Write(dice.Odd() ? dice.Bytes(6) : dice.Pick("GIF89a"u8.ToArray(), "GIF87a"u8.ToArray()));
        Size(file, width, height);
        file.Write([dice.Odd() ? dice.Byte() : (byte)0xF1, dice.Byte(), 0]);
        file.Write(dice.OneIn(2) ? new byte[3 * 4] : dice.Bytes(3 * 4));
        return file;
    }

    private static void Size(MemoryStream file, long width, long height) =>
        file.Write([(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)]);

    private static void Extension(Dice dice, MemoryStream file)
    {
        file.Write([0x21, dice.Pick<byte>(0xF9, 0xFE, 0xFF, dice.Byte())]);
        Blocks(dice, file, dice.Bytes(dice.OneIn(2) ? 4 : dice.Size(600)));
    }

    private static void Frame(Dice dice, MemoryStream file, long width, long height, byte[] codes)
    {
        file.WriteByte(0x2C);
        Size(file, dice.Number(0), dice.Number(0));
        Size(file, width, height);
        file.WriteByte(dice.Odd() ? dice.Byte() : dice.Pick<byte>(0, 0x40));
        file.WriteByte((byte)dice.Number(2));
        Blocks(dice, file, codes);
    }

    private static void Blocks(Dice dice, MemoryStream file, byte[] data)
    {
        for (var at = 0; at < data.Length; at += byte.MaxValue)
        {
            var block = data.AsSpan(at, Math.Min(byte.MaxValue, data.Length - at));
            file.WriteByte((byte)dice.Number(block.Length));
            file.Write(block);
        }

        if (!dice.Odd())
        {
            file.WriteByte(0);
        }
    }

    /// <summary>Codes of three bits: clear, two indices, clear, two indices, ..., end; or any.</summary>
    private static byte[] Codes(Dice dice, int pixels)
    {
        if (dice.Odd())
        {
            return dice.Bytes(dice.Size(2000));
        }

        var codes = new List<int>();
        for (var i = 0; i < pixels; i++)
        {
            if (i % 2 == 0)
            {
                codes.Add(4);
            }

            codes.Add(dice.Below(4));
        }

        codes.Add(5);
        var bytes = new byte[((3 * codes.Count) + 7) / 8];
        for (var bit = 0; bit < 3 * codes.Count; bit++)
        {
            bytes[bit / 8] |= (byte)(((codes[bit / 3] >> (bit % 3)) & 1) << (bit % 8));
        }

        return bytes;
    }

    private static byte[] HugeScreen(Dice dice)
    {
        var plain = new Dice(dice.Next());
        var (width, height) = (dice.Size(65535), dice.Size(65535));
        using var file = Open(plain, width, height);
        Frame(plain, file, dice.OneIn(2) ? width : 1, dice.OneIn(2) ? height : 1, Codes(plain, dice.Size(10_000)));
        file.WriteByte(0x3B);
        return file.ToArray();
    }

    private static byte[] ManyFrames(Dice dice)
    {
        var plain = new Dice(dice.Next());
        using var file = Open(plain, dice.Size(1000), dice.Size(1000));
        for (var frames = dice.Size(50_000); frames > 0; frames--)
        {
            Frame(plain, file, 1, 1, Codes(plain, 1));
        }

        file.WriteByte(0x3B);
        return file.ToArray();
    }
}
