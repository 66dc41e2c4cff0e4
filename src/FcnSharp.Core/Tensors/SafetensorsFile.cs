using System.Buffers.Binary;
using System.Collections.Immutable;
using FcnSharp.Support;

namespace FcnSharp.Tensors;

/// <summary>
/// A safetensors file (format: github.com/huggingface/safetensors): named tensors, and a map of strings. Tensors are read one at a time,
/// on request. Not thread-safe.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private const int ChunkElements = 1 << 16;

    private readonly Stream stream;
    private readonly string name;
    private readonly bool ownsStream;
    private readonly SafetensorsHeader header;

    private SafetensorsFile(Stream stream, string name, bool ownsStream) =>
        (this.stream, this.name, this.ownsStream, header) = (stream, name, ownsStream, SafetensorsHeader.Read(stream, name));

    /// <summary>The tensors, in the order of their bytes in the file.</summary>
    public ImmutableArray<SafetensorsEntry> Entries => header.Entries;

    /// <summary>The strings of the header's <c>__metadata__</c>, by key.</summary>
    public ImmutableDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Opens a file and checks its header against its length.</summary>
    /// <param name="path">The file. It stays open until the returned object is disposed.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">The file is damaged, or not a safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        var opened = InputFile.Open(path, (reason, remedy) => new WeightFileException(path, reason, remedy));
        try
        {
            return new SafetensorsFile(opened, path, ownsStream: true);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Reads the header of a stream and checks it against the stream's length.</summary>
    /// <param name="stream">The bytes of the file, from the current position; seekable. The caller disposes it, and does not use it
    /// while the returned object is in use.</param>
    /// <param name="name">Name of the stream in error messages.</param>
    /// <exception cref="WeightFileException">The stream is damaged, or not a safetensors file.</exception>
    public static SafetensorsFile Read(Stream stream, string name = "the stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new SafetensorsFile(stream, name, ownsStream: false);
    }

    /// <summary>Writes a file atomically: to a temporary file beside <paramref name="path"/> first, which is then renamed.</summary>
    /// <param name="path">The file to write; by convention its name ends in <c>.safetensors</c>.</param>
    /// <param name="tensors">The tensors, in the order of their bytes; the names are unique.</param>
    /// <param name="metadata">Strings for the header's <c>__metadata__</c>; null means none.</param>
    /// <param name="precision">Number format of the values.</param>
    /// <exception cref="ArgumentException">A value of a tensor with several axes is beyond the range of half precision.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path, IReadOnlyCollection<NamedTensor> tensors, IEnumerable<KeyValuePair<string, string>>? metadata = null,
        WeightPrecision precision = WeightPrecision.Float32) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata, precision));

    /// <summary>Writes the bytes of a file to a stream. The caller disposes the stream.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyCollection{NamedTensor}, IEnumerable{KeyValuePair{string, string}}, WeightPrecision)"/>
    public static void Write(
        Stream stream, IReadOnlyCollection<NamedTensor> tensors, IEnumerable<KeyValuePair<string, string>>? metadata = null,
        WeightPrecision precision = WeightPrecision.Float32)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        var at = 0L;
        var entries = new List<SafetensorsEntry>();
        foreach (var tensor in tensors)
        {
            var type = TypeOf(tensor, precision);
            var end = at + ((long)tensor.Values.Length * type.Size());
            entries.Add(new SafetensorsEntry(tensor.Name, type, tensor.Shape, at, end));
            at = end;
        }

        stream.Write(SafetensorsHeader.Write(entries, metadata ?? []));
        foreach (var (tensor, entry) in tensors.Zip(entries))
        {
            WriteValues(stream, tensor, entry.Type);
        }
    }

    /// <summary>Reads one tensor as 32-bit floats.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <exception cref="WeightFileException">The element type is not supported for weights, or the file ends too early.</exception>
    public NamedTensor Read(SafetensorsEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.ElementCount > Array.MaxLength)
        {
            var mismatch = new TensorMismatch(entry.Name, $"at most {Array.MaxLength} elements", $"{entry.ElementCount}");
            throw new WeightFileException(name, mismatch, "No network of this library has a tensor of that size.");
        }

        var values = new float[entry.ElementCount];
        ReadValues(entry, values);
        return new NamedTensor(entry.Name, entry.Shape, values);
    }

    /// <summary>Closes the file if <see cref="Open"/> opened it.</summary>
    public void Dispose()
    {
        if (ownsStream)
        {
            stream.Dispose();
        }
    }

    /// <summary>Reads one tensor into a buffer of exactly its length.</summary>
    /// <inheritdoc cref="Read(SafetensorsEntry)" path="/exception"/>
    internal void ReadValues(SafetensorsEntry entry, Span<float> values)
    {
        if (!ElementReader.CanRead(entry.Type))
        {
            var mismatch = new TensorMismatch(entry.Name, "dtype F32, F16, BF16 or F64", $"dtype {entry.Type.ShortName()}");
            throw new WeightFileException(name, mismatch, "Write the weights as floats of 16, 32 or 64 bits.");
        }

        try
        {
            stream.Position = header.DataStart + entry.Begin;
            ElementReader.Read(stream, entry.Type, values);
        }
        catch (EndOfStreamException exception)
        {
            throw new WeightFileException(name, $"ends within tensor {entry.Name}.", "Fetch or write the file again.", exception);
        }
    }

    /// <summary>Batch-norm variances, which are few, may exceed the range of half precision in a valid network.</summary>
    private static ElementType TypeOf(NamedTensor tensor, WeightPrecision precision) => precision switch
    {
        WeightPrecision.Float32 => ElementType.Float32,
        WeightPrecision.Float16 when tensor.Shape.Length == 1 && !FitsHalf(tensor.Values.Span) => ElementType.Float32,
        WeightPrecision.Float16 => ElementType.Float16,
        WeightPrecision.BFloat16 => ElementType.BFloat16,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Choose Float32, Float16 or BFloat16."),
    };

    private static bool FitsHalf(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (float.IsFinite(value) && Half.IsInfinity((Half)value))
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteValues(Stream stream, NamedTensor tensor, ElementType type)
    {
        var values = tensor.Values.Span;
        if (type == ElementType.Float32)
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
                var bits = type == ElementType.Float16 ? HalfBits(tensor.Name, values[i]) : BFloat16Bits.FromSingle(values[i]);
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
