using System.Buffers.Binary;
using System.Text;

namespace FcnSharp.Training.Reports;

/// <summary>
/// TensorBoard's Event as protocol-buffer bytes: wall_time 1, step 2, file_version 3, summary 5 { value 1 { tag 1, simple_value 2, image 4
/// { height 1, width 2, colorspace 3, encoded_image_string 4 } } } (event.proto and summary.proto of TensorBoard).
/// </summary>
internal static class EventMessage
{
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5;
    private const int Value = 1;
    private const int Tag = 1, SimpleValue = 2, Image = 4;
    private const int Height = 1, Width = 2, ColorSpace = 3, Encoded = 4;

    private const int Varint = 0, Fixed64 = 1, Length = 2, Fixed32 = 5;
    private const long Rgb = 3;

    /// <summary>The largest number of leading bytes of a message that <see cref="StepOf"/> reads.</summary>
    public const int StepEnd = WallTimeBytes + 1 + LongestVarint;

    /// <summary>A key and eight bytes.</summary>
    private const int WallTimeBytes = 9;

    private const int LongestVarint = 10;

    public static byte[] Version(double time) => Bytes(message =>
    {
        Put(message, WallTime, time);
        Put(message, FileVersion, "brain.Event:2"u8);
    });

    public static byte[] Scalar(double time, long step, string tag, float value) => Of(time, step, tag, message =>
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        Key(message, SimpleValue, Fixed32);
        message.Write(bytes);
    });

    public static byte[] Picture(double time, long step, string tag, byte[] png, int width, int height) => Of(time, step, tag, message =>
        Put(message, Image, Bytes(image =>
        {
            Put(image, Height, height);
            Put(image, Width, width);
            Put(image, ColorSpace, Rgb);
            Put(image, Encoded, png);
        })));

    /// <summary>The step of a message of these methods; 0 if it has none.</summary>
    public static long StepOf(ReadOnlySpan<byte> message)
    {
        // The wall time comes first. The step follows immediately, or there is none.
        if (message.Length <= WallTimeBytes || message[WallTimeBytes] != ((Step << 3) | Varint))
        {
            return 0;
        }

        var (step, shift) = (0L, 0);
        for (var i = WallTimeBytes + 1; i < Math.Min(message.Length, StepEnd); i++, shift += 7)
        {
            step |= (long)(message[i] & 0x7F) << shift;
            if (message[i] < 0x80)
            {
                break;
            }
        }

        return step;
    }

    private static byte[] Of(double time, long step, string tag, Action<MemoryStream> content) => Bytes(message =>
    {
        Put(message, WallTime, time);
        Put(message, Step, step);
        Put(message, Summary, Bytes(summary => Put(summary, Value, Bytes(value =>
        {
            Put(value, Tag, Encoding.UTF8.GetBytes(tag));
            content(value);
        }))));
    });

    private static byte[] Bytes(Action<MemoryStream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static void Put(MemoryStream message, int field, double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        Key(message, field, Fixed64);
        message.Write(bytes);
    }

    private static void Put(MemoryStream message, int field, long value)
    {
        Key(message, field, Varint);
        Number(message, (ulong)value);
    }

    private static void Put(MemoryStream message, int field, ReadOnlySpan<byte> value)
    {
        Key(message, field, Length);
        Number(message, (ulong)value.Length);
        message.Write(value);
    }

    private static void Key(MemoryStream message, int field, int type) => Number(message, (ulong)((field << 3) | type));

    private static void Number(MemoryStream message, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            message.WriteByte((byte)(value | 0x80));
        }

        message.WriteByte((byte)value);
    }
}
