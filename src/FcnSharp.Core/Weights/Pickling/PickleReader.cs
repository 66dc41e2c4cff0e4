using System.Globalization;
using System.Numerics;
using System.Text;
using FcnSharp.Support;

namespace FcnSharp.Weights.Pickling;

/// <summary>Reads bytes, lines and strings from a pickle in sequence.</summary>
internal sealed class PickleReader(byte[] bytes, PickleBudget budget)
{
    private const int MaxLineBytes = 256;

    /// <summary>Offset of the first byte that has not been read.</summary>
    public int Position { get; private set; }

    /// <exception cref="EndOfStreamException">Fewer bytes are left.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > bytes.Length - Position)
        {
            throw new EndOfStreamException();
        }

        var taken = bytes.AsSpan(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public string Text(long length)
    {
        var text = Take(length);
        budget.Work(text.Length);
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>A short name or number, up to the end of its line.</summary>
    public string Line()
    {
        var rest = bytes.AsSpan(Position, Math.Min(MaxLineBytes, bytes.Length - Position));
        var length = rest.IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new ContentException("a name or number has no end.");
        }

        Position += length + 1;
        return Encoding.UTF8.GetString(rest[..length]);
    }

    /// <summary>A signed little-endian integer of any length: a long if it fits, a <see cref="BigInteger"/> otherwise.</summary>
    public object Integer()
    {
        var number = Take(Byte());
        if (number.Length > sizeof(long))
        {
            return new BigInteger(number);
        }

        var value = number.IsEmpty || number[^1] < 0x80 ? 0L : -1L;
        for (var i = number.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | number[i];
        }

        return value;
    }

    /// <summary>An integer in decimal digits; 00 and 01 mean false and true.</summary>
    public object TextInteger() => Line() switch
    {
        "00" => false,
        "01" => true,
        var text => long.TryParse(text.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ContentException("an integer cannot be read."),
    };

    public double TextNumber() =>
        double.TryParse(Line(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ContentException("a number cannot be read.");
}
