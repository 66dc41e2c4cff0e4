using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FcnSharp.Networks;

/// <summary>Turns stored numbers into 32-bit floats, streamed through one small buffer. Types are called as in safetensors files.</summary>
internal static class ElementReader
{
    private const int ChunkElements = 1 << 16;

    /// <summary>Whether numbers of this type can be read as weights.</summary>
    public static bool CanRead(string dtype) => dtype is "F64" or "F32" or "F16" or "BF16" or "I64" or "I32" or "I16";

    /// <summary>Fills <paramref name="values"/> from little-endian numbers where the stream stands.</summary>
    /// <remarks>The type must be one that <see cref="CanRead"/> knows.</remarks>
    /// <exception cref="EndOfStreamException">The stream ends too early.</exception>
    public static void Read(Stream stream, string dtype, Span<float> values)
    {
        if (dtype == "F32" && BitConverter.IsLittleEndian)
        {
            // In pieces, because a tensor can have more bytes than a span.
            for (var rest = values; !rest.IsEmpty; rest = rest[Math.Min(ChunkElements, rest.Length)..])
            {
                stream.ReadExactly(MemoryMarshal.AsBytes(rest[..Math.Min(ChunkElements, rest.Length)]));
            }

            return;
        }

        var size = SafetensorsEntry.SizeOf(dtype) ?? throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Not a type of number.");
        var chunk = new byte[size * Math.Min(ChunkElements, values.Length)];
        while (!values.IsEmpty)
        {
            var part = values[..Math.Min(ChunkElements, values.Length)];
            var bytes = chunk.AsSpan(0, size * part.Length);
            stream.ReadExactly(bytes);
            Convert(dtype, bytes, part);
            values = values[part.Length..];
        }
    }

    private static void Convert(string dtype, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (dtype == "F16" && BitConverter.IsLittleEndian)
        {
            HalfBits.ToSingles(MemoryMarshal.Cast<byte, ushort>(bytes), values);
            return;
        }

        var read = ReaderOf(dtype);
        var size = bytes.Length / values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(bytes.Slice(size * i, size));
        }
    }

    private static Func<ReadOnlySpan<byte>, float> ReaderOf(string dtype) => dtype switch
    {
        "F16" => bytes => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        "BF16" => bytes => BFloat16Bits.ToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        "F32" => BinaryPrimitives.ReadSingleLittleEndian,
        "F64" => bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        "I64" => bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        "I32" => bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "I16" => bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Not a type that weights have."),
    };
}
