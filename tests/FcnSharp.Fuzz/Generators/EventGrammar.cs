using System.Buffers.Binary;
using System.Numerics;

namespace FcnSharp.Fuzz.Generators;

/// <summary>TensorBoard's event files: records of a length, its checksum, a message and its checksum.</summary>
internal static class EventGrammar
{
    public static Format Format { get; } = new("events", Write, ManyRecords, LongRecord) { Mend = Mend };

    private static byte[] Write(Dice dice)
    {
        using var file = new MemoryStream();
        Record(dice, file, new ProtobufWriter(dice).Double(1, 1).Bytes(3, "brain.Event:2"u8).ToBytes());
        for (var count = dice.Between(0, 8); count > 0; count--)
        {
            Record(dice, file, Scalar(dice));
        }

        return file.ToArray();
    }

    private static byte[] Scalar(Dice dice)
    {
        var value = new ProtobufWriter(dice).Bytes(1, "training/loss"u8).Single(2, 0.5f);
        return new ProtobufWriter(dice).Double(1, 1).Number(2, dice.Below(20))
            .Bytes(5, new ProtobufWriter(dice).Bytes(1, value.ToBytes()).ToBytes()).ToBytes();
    }

    private static void Record(Dice dice, MemoryStream file, byte[] message)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(head, dice.Number(message.Length));

        // The checksum of a wrong length is correct, since a wrong checksum would end the reading at once.
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], dice.Odd() ? (uint)dice.Next() : Checksum(head[..8]));
        file.Write(head);
        file.Write(message);
        BinaryPrimitives.WriteUInt32LittleEndian(head, dice.Odd() ? (uint)dice.Next() : Checksum(message));
        file.Write(head[..4]);
    }

    private static void Mend(byte[] file)
    {
        for (var at = 0; at + 16 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + 8), Checksum(file.AsSpan(at, 8)));
            if (length < 0 || length > file.Length - at - 16)
            {
                return;
            }

            var end = at + 12 + (int)length;
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(end), Checksum(file.AsSpan(at + 12, (int)length)));
            at = end + 4;
        }
    }

    /// <summary>The masked CRC-32C of TFRecord.</summary>
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return unchecked(BitOperations.RotateRight(~crc, 15) + 0xA282EAD8);
    }

    private static byte[] ManyRecords(Dice dice)
    {
        var plain = new Dice(dice.Next());
        using var file = new MemoryStream();
        for (var count = dice.Size(300_000); count > 0; count--)
        {
            Record(plain, file, []);
        }

        return file.ToArray();
    }

    private static byte[] LongRecord(Dice dice)
    {
        using var file = new MemoryStream();
        Record(new Dice(dice.Next()), file, new byte[dice.Size(16 << 20)]);
        return file.ToArray();
    }
}
