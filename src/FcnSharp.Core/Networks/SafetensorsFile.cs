using System.Buffers.Binary;
using FcnSharp.Support;

namespace FcnSharp.Networks;

/// <summary>Reads and writes the tensors of a safetensors file, streamed: one tensor at a time, through one small buffer.</summary>
internal static class SafetensorsFile
{
    private const int ChunkElements = 1 << 16;

    /// <summary>Reads one tensor as 32-bit floats. <paramref name="stream"/> must stand anywhere in the file and be seekable.</summary>
    /// <exception cref="WeightFileException">The dtype is no type of weights, or the file ends too early.</exception>
    public static NetworkTensor ReadTensor(Stream stream, string name, SafetensorsHeader header, SafetensorsEntry entry) =>
        new(entry.Name, entry.Shape, ReadValues(stream, name, header, entry));

    /// <inheritdoc cref="ReadTensor"/>
    public static float[] ReadValues(Stream stream, string name, SafetensorsHeader header, SafetensorsEntry entry)
    {
        if (!ElementReader.CanRead(entry.Dtype))
        {
            var mismatch = new TensorMismatch(entry.Name, "dtype F32, F16, BF16 or F64", $"dtype {entry.Dtype}");
            throw new WeightFileException(name, mismatch, "Write the weights as floats of 16, 32 or 64 bits.");
        }

        if (entry.ElementCount > Array.MaxLength)
        {
            var mismatch = new TensorMismatch(entry.Name, $"at most {Array.MaxLength} elements", $"{entry.ElementCount}");
            throw new WeightFileException(name, mismatch, "No network of this library has a tensor of that size.");
        }

        try
        {
            stream.Position = header.DataStart + entry.Begin;
            var values = new float[entry.ElementCount];
            ElementReader.Read(stream, entry.Dtype, values);
            return values;
        }
        catch (EndOfStreamException exception)
        {
            throw new WeightFileException(name, $"ends within tensor {entry.Name}. Fetch or write the file again.", exception);
        }
    }

    /// <summary>Writes tensors and metadata.</summary>
    /// <exception cref="ArgumentException">A value does not fit half precision.</exception>
    public static void Write(
        Stream stream, IReadOnlyCollection<NetworkTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata,
        WeightPrecision precision)
    {
        var (dtype, size) = precision switch
        {
            WeightPrecision.Float32 => ("F32", sizeof(float)),
            WeightPrecision.Float16 => ("F16", sizeof(ushort)),
            WeightPrecision.BFloat16 => ("BF16", sizeof(ushort)),
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Choose Float32, Float16 or BFloat16."),
        };

        var at = 0L;
        var entries = new List<SafetensorsEntry>();
        foreach (var tensor in tensors)
        {
            var end = at + ((long)tensor.Values.Length * size);
            entries.Add(new SafetensorsEntry(tensor.Name, dtype, tensor.Shape, at, end));
            at = end;
        }

        stream.Write(SafetensorsHeader.Write(entries, metadata));
        foreach (var tensor in tensors)
        {
            WriteValues(stream, tensor, precision);
        }
    }

    private static void WriteValues(Stream stream, NetworkTensor tensor, WeightPrecision precision)
    {
        var values = tensor.Values.Span;
        if (precision == WeightPrecision.Float32)
        {
            LittleEndian.Pieces(values, stream.Write);
            return;
        }

        var chunk = new byte[sizeof(ushort) * Math.Min(ChunkElements, values.Length)];
        while (!values.IsEmpty)
        {
            var count = Math.Min(ChunkElements, values.Length);
            for (var i = 0; i < count; i++)
            {
                var bits = precision == WeightPrecision.Float16 ? HalfBits(tensor.Name, values[i]) : BFloat16Bits.FromSingle(values[i]);
                BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(sizeof(ushort) * i), bits);
            }

            stream.Write(chunk.AsSpan(0, sizeof(ushort) * count));
            values = values[count..];
        }
    }

    private static ushort HalfBits(string tensor, float value)
    {
        var half = (Half)value;
        return Half.IsInfinity(half) && float.IsFinite(value)
            ? throw new ArgumentException(
                Guard.Text($"{tensor} has the value {value}, beyond the 65504 that half precision reaches. " +
                    $"Save as {nameof(WeightPrecision.BFloat16)} or {nameof(WeightPrecision.Float32)}."))
            : BitConverter.HalfToUInt16Bits(half);
    }
}
