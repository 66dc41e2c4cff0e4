using System.Buffers.Binary;
using System.Text;
using FcnSharp.Support;

namespace FcnSharp.Weights.Formats;

/// <summary>Iterates over the fields of a protocol buffer message in a stream; field contents are read only on request.</summary>
/// <param name="stream">The file.</param>
/// <param name="start">Offset of the message's first byte.</param>
/// <param name="end">Offset after the message's last byte.</param>
/// <param name="kind">Name of the file format in messages.</param>
internal sealed class ProtobufFields(Stream stream, long start, long end, string kind)
{
    private const int MaxVarintBytes = 10;

    private long next = start;
    private bool isFourBytes;

    /// <summary>Number of the current field.</summary>
    public int Number { get; private set; }

    /// <summary>The current field's value, if it is a varint.</summary>
    public ulong Value { get; private set; }

    /// <summary>Whether the current field is length-delimited: a string, a message or packed numbers.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>Offset of the field's content in the stream.</summary>
    public long Start { get; private set; }

    /// <summary>Length of the field's content in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Advances to the next field; false at the end of the message.</summary>
    /// <exception cref="ContentException">There is no valid field at the current position.</exception>
    public bool Next()
    {
        if (next == end)
        {
            return false;
        }

        var tag = Varint();
        (Number, IsBytes, Value, isFourBytes) = ((int)Math.Min(tag >> 3, int.MaxValue), false, 0, (tag & 7) == 5);
        switch (tag & 7)
        {
            case 0:
                Value = Varint();
                break;
            case 1:
                next += 8;
                break;
            case 2:
                var length = Varint();
                (IsBytes, Start) = (true, next);
                Length = length <= (ulong)Math.Max(0, end - next) ? (long)length : throw Damaged();
                next += Length;
                break;
            case 5:
                Start = next;
                next += 4;
                break;
            default:
                throw Damaged();
        }

        return next <= end && Number > 0 ? true : throw Damaged();
    }

    /// <summary>The current field as a message.</summary>
    public ProtobufFields Message() => IsBytes ? new ProtobufFields(stream, Start, Start + Length, kind) : throw Damaged();

    /// <summary>Offset and length of the current field's content.</summary>
    public (long Start, int Length) ShortRun(int maxBytes) =>
        IsBytes && Length <= maxBytes
            ? (Start, (int)Length)
            : throw new ContentException(
                $"field {Number} before byte {next} has {Length} bytes, but at most {maxBytes} are expected: the file is damaged, or " +
                $"not a {kind}.");

    /// <summary>Reads bytes as a UTF-8 string.</summary>
    public string Text((long Start, int Length) run)
    {
        var bytes = new byte[run.Length];
        stream.Position = run.Start;
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The current field as a 32-bit float.</summary>
    public float Single()
    {
        if (!isFourBytes)
        {
            throw Damaged();
        }

        Span<byte> bytes = stackalloc byte[sizeof(float)];
        stream.Position = Start;
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadSingleLittleEndian(bytes);
    }

    /// <summary>Adds the current field's integer, or its packed integers, to a list.</summary>
    /// <exception cref="ContentException">The list would have more than <paramref name="maxCount"/> numbers.</exception>
    public void AddNumbersTo(List<long> numbers, int maxCount)
    {
        if (!IsBytes)
        {
            Add(Value);
        }
        else if (Length > 0)
        {
            var run = Message();
            while (run.next < Start + Length)
            {
                Add(run.Varint());
            }
        }

        void Add(ulong number)
        {
            if (numbers.Count == maxCount)
            {
                throw new ContentException(
                    $"there are more than {maxCount} sizes before byte {next}: the file is damaged, or not a {kind}.");
            }

            numbers.Add(unchecked((long)number));
        }
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var i = 0; i < MaxVarintBytes; i++)
        {
            if (next >= end)
            {
                throw Damaged();
            }

            stream.Position = next++;
            var part = stream.ReadByte();
            if (part < 0)
            {
                throw new EndOfStreamException();
            }

            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    private ContentException Damaged() =>
        new($"there is no valid field at byte {next}: the file is damaged or truncated, or not a {kind}.");
}
