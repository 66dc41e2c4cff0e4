using System.Buffers;
using System.Buffers.Binary;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Writes protocol buffers whose tags, lengths and numbers may be wrong.</summary>
internal sealed class ProtobufWriter(Dice dice)
{
    private const int VarintKind = 0, Fixed64 = 1, Run = 2, Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> bytes = new();

    public byte[] ToBytes() => bytes.WrittenSpan.ToArray();

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        if (dice.Odd())
        {
            OddField();
        }

        Tag(field, Run);
        Varint((ulong)dice.Number(value.Length));
        bytes.Write(value);
        return this;
    }

    /// <summary>A message within this one.</summary>
    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.bytes.WrittenSpan);

    public ProtobufWriter Number(int field, long value)
    {
        Tag(field, VarintKind);
        return Varint((ulong)dice.Number(value));
    }

    public ProtobufWriter Double(int field, double value)
    {
        Span<byte> number = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(number, value);
        Tag(field, Fixed64);
        bytes.Write(number);
        return this;
    }

    public ProtobufWriter Single(int field, float value)
    {
        Span<byte> number = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(number, value);
        Tag(field, Fixed32);
        bytes.Write(number);
        return this;
    }

    public ProtobufWriter Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Write([(byte)(value | 0x80)]);
        }

        bytes.Write([(byte)value]);
        return this;
    }

    private void Tag(int field, int kind) =>
        Varint(dice.Odd() ? dice.Pick<ulong>(0, ulong.MaxValue, (ulong)dice.Below(64), (ulong)(field << 3) | 3, (ulong)dice.Edge())
            : (ulong)((field << 3) | kind));

    private void OddField()
    {
        switch (dice.Below(4))
        {
            case 0: Double(dice.Between(0, 20), double.NaN); break;
            case 1: bytes.Write<byte>([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]); break;
            case 2: Number(dice.Between(0, 20), dice.Edge()); break;
            default: bytes.Write(dice.Bytes(dice.Size(20))); break;
        }
    }
}
