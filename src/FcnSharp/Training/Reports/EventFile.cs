using System.Buffers.Binary;
using System.Numerics;
using FcnSharp.Support;

namespace FcnSharp.Training.Reports;

/// <summary>
/// A TensorBoard event file: a sequence of records, each with length (8 bytes, little-endian), its checksum, data, its checksum; the data
/// are
/// protocol buffers of type Event (github.com/tensorflow/tensorboard, compat/proto/event.proto; the framing is TFRecord's, with a masked
/// CRC-32C).
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int HeadLength = 12;
    private const int TailLength = 4;

    /// <summary>Far above the largest record, which contains a sample prediction.</summary>
    private const long LongestRecord = 1 << 26;

    private readonly string path;
    private readonly FileStream stream;

    /// <summary>Opens or creates a file. Events after a step are removed, and so is an incomplete event of a killed process.</summary>
    /// <exception cref="TrainingException">The file exists but is damaged, or not an event file.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public EventFile(string path, long step)
    {
        this.path = path;
        stream = LogFile.Open(path);
        try
        {
            stream.SetLength(LengthUpTo(step));
            stream.Seek(0, SeekOrigin.End);
            if (stream.Length == 0)
            {
                Append(EventMessage.Version(Now));
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static double Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Adds a point to a curve.</summary>
    public void AddScalar(string tag, long step, double value) => Append(EventMessage.Scalar(Now, step, tag, (float)value));

    /// <summary>Adds a picture.</summary>
    /// <param name="tag">Name of the picture.</param>
    /// <param name="step">The step.</param>
    /// <param name="png">The bytes of a PNG file.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    public void AddPicture(string tag, long step, byte[] png, int width, int height) =>
        Append(EventMessage.Picture(Now, step, tag, png, width, height));

    public void Dispose() => stream.Dispose();

    private void Append(byte[] data)
    {
        var record = new byte[HeadLength + data.Length + TailLength];
        BinaryPrimitives.WriteInt64LittleEndian(record, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Checksum(record.AsSpan(0, 8)));
        data.CopyTo(record, HeadLength);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeadLength + data.Length), Checksum(data));
        stream.Write(record);
    }

    private long LengthUpTo(long step)
    {
        var head = new byte[HeadLength];
        var start = new byte[EventMessage.StepEnd];
        var keep = 0L;
        for (stream.Position = 0; stream.Length - keep >= HeadLength; keep = stream.Position)
        {
            stream.ReadExactly(head);
            var length = BinaryPrimitives.ReadInt64LittleEndian(head);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8)) != Checksum(head.AsSpan(0, 8))
                || length is < 0 or > LongestRecord)
            {
                throw LogFile.Foreign(
                    path, Guard.Text($"is not the event file of this run: it has no record at byte {keep}."));
            }

            if (length + TailLength > stream.Length - stream.Position)
            {
                break;
            }

            var data = start.AsSpan(0, (int)Math.Min(length, start.Length));
            stream.ReadExactly(data);
            if (EventMessage.StepOf(data) > step)
            {
                break;
            }

            stream.Position = keep + HeadLength + length + TailLength;
        }

        return keep;
    }

    /// <summary>CRC-32C, masked as in TFRecord: rotated right by 15 bits, plus a constant.</summary>
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return unchecked(BitOperations.RotateRight(~crc, 15) + 0xA282EAD8);
    }
}
