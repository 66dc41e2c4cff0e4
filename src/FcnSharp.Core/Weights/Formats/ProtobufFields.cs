using System.Buffers.Binary;
using System.Text;
using FcnSharp.Support;

namespace FcnSharp.Weights.Formats;

/// <summary>Walks over the fields of a protocol buffer that lies in a stream, without reading what is not asked for.</summary>
/// <param name="stream">The file.</param>
/// <param name="start">The message's first byte.</param>
/// <param name="end">The byte behind its last.</param>
/// <param name="kind">What the file is called in messages.</param>
internal sealed class ProtobufFields(Stream stream, long start, long end, string kind)
{
    private const int MaxVarintBytes = 10;

    private long next = start;
    private bool isFourBytes;

    /// <summary>Number of the current field.</summary>
    public int Number { get; private set; }

    /// <summary>The current field's value, if it is a number.</summary>
    public ulong Value { get; private set; }

    /// <summary>Whether the current field is a run of bytes: a text, a message or packed numbers.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>The run's first byte in the stream.</summary>
    public long Start { get; private set; }

    /// <summary>Its length in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Goes to the next field; false behind the last.</summary>
    /// <exception cref="ContentException">There is no field where one should be.</exception>
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

    /// <summary>Where the current field's run of bytes is.</summary>
    public (long Start, int Length) ShortRun(int maxBytes) =>
        IsBytes && Length <= maxBytes
            ? (Start, (int)Length)
            : throw new ContentException(
                $"field {Number} before byte {next} has {Length} bytes where at most {maxBytes} are expected: the file is damaged, or no " +
                $"{kind}.");

    /// <summary>A run of bytes as a text.</summary>
    public string Text((long Start, int Length) run)
    {
        var bytes = new byte[run.Length];
        stream.Position = run.Start;
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The current field as a broken number of four bytes.</summary>
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

    /// <summary>Adds the current field's whole numbers, one or a packed run of them, to a list.</summary>
    /// <exception cref="ContentException">The list would get more than <paramref name="maxCount"/>.</exception>
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
                    $"there are more than {maxCount} sizes before byte {next}: the file is damaged, or no {kind}.");
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
        new($"byte {next} is not where a field of a {kind} can be: the file is damaged or cut short, or no {kind}.");
}
