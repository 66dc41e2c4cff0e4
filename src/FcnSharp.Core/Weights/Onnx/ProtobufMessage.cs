using System.Buffers.Binary;
using System.Text;
using FcnSharp.Support;

namespace FcnSharp.Weights.Onnx;

/// <summary>Builds a protocol buffer message. Float arrays are kept by reference until they are written, so nothing is copied.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<ReadOnlyMemory<byte>> heads = [];
    private readonly List<ReadOnlyMemory<float>> runs = [];

    /// <summary>Length of the message in bytes.</summary>
    public long Length { get; private set; }

    public ProtobufMessage Add(int field, long value)
    {
        AddBytes([.. Varint((ulong)field << 3), .. Varint((ulong)value)]);
        return this;
    }

    public ProtobufMessage Add(int field, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AddBytes([.. Key(field, bytes.Length), .. bytes]);
        return this;
    }

    public ProtobufMessage Add(int field, ProtobufMessage message)
    {
        AddBytes(Key(field, message.Length));
        for (var i = 0; i < message.heads.Count; i++)
        {
            heads.Add(message.heads[i]);
            runs.Add(message.runs[i]);
        }

        Length += message.Length;
        return this;
    }

    /// <summary>Adds numbers as a field of little-endian bytes.</summary>
    public ProtobufMessage Add(int field, ReadOnlyMemory<float> values)
    {
        var length = sizeof(float) * (long)values.Length;
        AddBytes(Key(field, length));
        runs[^1] = values;
        Length += length;
        return this;
    }

    /// <inheritdoc cref="Add(int, ReadOnlyMemory{float})"/>
    public ProtobufMessage Add(int field, ReadOnlySpan<long> values)
    {
        var bytes = new byte[sizeof(long) * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long) * i), values[i]);
        }

        AddBytes([.. Key(field, bytes.Length), .. bytes]);
        return this;
    }

    public void Write(Stream stream)
    {
        for (var i = 0; i < heads.Count; i++)
        {
            stream.Write(heads[i].Span);
            LittleEndian.Pieces(runs[i].Span, stream.Write);
        }
    }

    private static byte[] Key(int field, long length) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)length)];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }

    private void AddBytes(byte[] bytes)
    {
        heads.Add(bytes);
        runs.Add(default);
        Length += bytes.Length;
    }
}
