using System.Buffers.Binary;
using System.Text;
using FcnSharp.Imaging;

namespace FcnSharp.Fuzz.Generators;

/// <summary>WebP files: frames of an encoder in RIFF containers with true and false statements about them.</summary>
internal static class WebpGrammar
{
    public static Format Format { get; } = new("webp", Write, HugeCanvas, ManyFrames);

    private static byte[] Write(Dice dice)
    {
        var encoded = Encoded(dice);
        if (dice.IsSound && dice.OneIn(2))
        {
            return encoded;
        }

        // The chunk of the frame follows RIFF, its length and WEBP.
        var frame = encoded[12..];
        if (dice.Odd())
        {
            frame = Mutator.Mutate(dice, frame, frame);
        }

        using var chunks = new MemoryStream();
        var isAnimated = dice.OneIn(3);
        Chunk(dice, chunks, "VP8X"u8, Canvas(dice, isAnimated, dice.Number(dice.Size(40)), dice.Number(dice.Size(40))));
        if (isAnimated)
        {
            Chunk(dice, chunks, "ANIM"u8, dice.Bytes(6));
            for (var frames = dice.Between(1, 3); frames > 0; frames--)
            {
                Chunk(dice, chunks, "ANMF"u8, [.. dice.OneIn(2) ? new byte[16] : dice.Bytes(16), .. frame]);
            }
        }
        else
        {
            if (dice.OneIn(3))
            {
                Chunk(dice, chunks, "ALPH"u8, dice.Bytes(dice.Size(60)));
            }

            chunks.Write(frame);
        }

        if (dice.OneIn(4))
        {
            Chunk(dice, chunks, Encoding.Latin1.GetBytes(dice.Pick("EXIF", "ICCP", "XMP ", "none")), dice.Bytes(dice.Size(60)));
        }

        return Riff(dice, chunks.ToArray());
    }

    private static byte[] Encoded(Dice dice)
    {
        using var file = new MemoryStream();
        SmallPictures.Draw(dice).Write(file, ImageFormat.WebP, dice.Between(1, 100));
        return file.ToArray();
    }

    private static byte[] Riff(Dice dice, byte[] chunks)
    {
        using var file = new MemoryStream();
        Chunk(dice, file, "RIFF"u8, [.. "WEBP"u8, .. chunks]);
        return file.ToArray();
    }

    private static byte[] Canvas(Dice dice, bool isAnimated, long width, long height)
    {
        var canvas = new byte[10];
        canvas[0] = dice.Odd() ? dice.Byte() : (byte)(isAnimated ? 2 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(canvas.AsSpan(4), (uint)(width - 1) & 0xFFFFFF);
        BinaryPrimitives.WriteUInt16LittleEndian(canvas.AsSpan(7), (ushort)(height - 1));
        canvas[9] = (byte)((height - 1) >> 16);
        return canvas;
    }

    private static void Chunk(Dice dice, MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)dice.Number(data.Length));
        file.Write(type);
        file.Write(length);
        file.Write(data);
        if (data.Length % 2 != 0)
        {
            file.WriteByte(0);
        }
    }

    private static byte[] HugeCanvas(Dice dice)
    {
        var plain = new Dice(dice.Next());
        using var chunks = new MemoryStream();
        Chunk(plain, chunks, "VP8X"u8, Canvas(plain, isAnimated: true, dice.Size(1 << 24), dice.Size(1 << 24)));
        Chunk(plain, chunks, "ANIM"u8, new byte[6]);
        Chunk(plain, chunks, "ANMF"u8, [.. new byte[16], .. Encoded(plain)[12..]]);
        return Riff(plain, chunks.ToArray());
    }

    private static byte[] ManyFrames(Dice dice)
    {
        var plain = new Dice(dice.Next());
        var frame = Encoded(plain)[12..];
        using var chunks = new MemoryStream();
        Chunk(plain, chunks, "VP8X"u8, Canvas(plain, isAnimated: true, dice.Size(2000), dice.Size(2000)));
        Chunk(plain, chunks, "ANIM"u8, new byte[6]);
        for (var frames = dice.Size(2000); frames > 0; frames--)
        {
            Chunk(plain, chunks, "ANMF"u8, [.. new byte[16], .. frame]);
        }

        return Riff(plain, chunks.ToArray());
    }
}
