using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FcnSharp.Tensors;

/// <summary>Converts stored numbers to 32-bit floats, through one small buffer.</summary>
internal static class ElementReader
{
    private const int ChunkElements = 1 << 13;

    /// <summary>Whether numbers of this type can be read as weights.</summary>
    public static bool CanRead(ElementType type) => type <= ElementType.Int16;

    /// <summary>Fills <paramref name="values"/> from little-endian numbers at the stream's current position.</summary>
    /// <remarks><see cref="CanRead"/> must be true for the type.</remarks>
    /// <exception cref="EndOfStreamException">The stream ends too early.</exception>
    public static void Read(Stream stream, ElementType type, Span<float> values)
    {
        if (type == ElementType.Float32 && BitConverter.IsLittleEndian)
        {
            // In pieces: a tensor can have more bytes than a span can hold.
            for (var rest = values; !rest.IsEmpty; rest = rest[Math.Min(ChunkElements, rest.Length)..])
            {
                stream.ReadExactly(MemoryMarshal.AsBytes(rest[..Math.Min(ChunkElements, rest.Length)]));
            }

            return;
        }

        var size = type.Size();
        var chunk = new byte[size * Math.Min(ChunkElements, values.Length)];
        while (!values.IsEmpty)
        {
            var part = values[..Math.Min(ChunkElements, values.Length)];
            var bytes = chunk.AsSpan(0, size * part.Length);
            stream.ReadExactly(bytes);
            Convert(type, bytes, part);
            values = values[part.Length..];
        }
    }

    private static void Convert(ElementType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (type == ElementType.Float16 && BitConverter.IsLittleEndian)
        {
            HalfBits.ToSingles(MemoryMarshal.Cast<byte, ushort>(bytes), values);
            return;
        }

        var read = ReaderOf(type);
        var size = bytes.Length / values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(bytes.Slice(size * i, size));
        }
    }

    private static Func<ReadOnlySpan<byte>, float> ReaderOf(ElementType type) => type switch
    {
        ElementType.Float16 => bytes => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        ElementType.BFloat16 => bytes => BFloat16Bits.ToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian,
        ElementType.Float64 => bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ElementType.Int64 => bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        ElementType.Int32 => bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        ElementType.Int16 => bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type that weights have."),
    };
}
