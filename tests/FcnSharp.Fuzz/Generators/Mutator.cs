using System.Buffers.Binary;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Damages valid files by bit flips, boundary values, cuts, copies and splices, mostly near their start and end.</summary>
internal static class Mutator
{
    private const int StructureBytes = 600;

    /// <summary>A damaged copy of <paramref name="sound"/>.</summary>
    /// <param name="dice">The random choices.</param>
    /// <param name="sound">A valid file.</param>
    /// <param name="other">Another file, parts of which may be spliced in.</param>
    public static byte[] Mutate(Dice dice, byte[] sound, byte[] other)
    {
        var bytes = (byte[])sound.Clone();
        for (var count = dice.Size(8); count > 0 && bytes.Length > 0; count--)
        {
            bytes = MutateOnce(dice, bytes, other);
        }

        return bytes;
    }

    private static byte[] MutateOnce(Dice dice, byte[] bytes, byte[] other)
    {
        var at = Place(dice, bytes.Length);
        var end = Math.Min(bytes.Length, at + dice.Size(300));
        switch (dice.Below(12))
        {
            case 0 or 1 or 2:
                bytes[at] ^= (byte)(1 << dice.Below(8));
                return bytes;
            case 3 or 4:
                bytes[at] = dice.Byte();
                return bytes;
            case 5 or 6:
                WriteEdge(dice, bytes.AsSpan(at));
                return bytes;
            case 7:
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(end)];
            case 8:
                return dice.OneIn(2) ? bytes[..at] : bytes[at..];
            case 9:
                var to = Place(dice, bytes.Length);
                return [.. bytes.AsSpan(0, to), .. bytes.AsSpan(at, end - at), .. bytes.AsSpan(to)];
            case 10:
                return [.. bytes.AsSpan(0, at), .. dice.Bytes(dice.Size(16)), .. bytes.AsSpan(at)];
            default:
                return Splice(dice, bytes.AsSpan(0, at), other);
        }
    }

    private static byte[] Splice(Dice dice, ReadOnlySpan<byte> head, byte[] other) =>
        other.Length == 0 ? head.ToArray() : [.. head, .. other.AsSpan(Place(dice, other.Length))];

    private static void WriteEdge(Dice dice, Span<byte> place)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        var size = 1 << dice.Below(4);
        if (dice.OneIn(2))
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, dice.Edge());
            number = number[..size];
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, dice.Edge());
            number = number[^size..];
        }

        number[..Math.Min(number.Length, place.Length)].CopyTo(place);
    }

    private static int Place(Dice dice, int length) => dice.Below(3) switch
    {
        0 => dice.Below(Math.Min(length, StructureBytes)),
        1 => length - 1 - dice.Below(Math.Min(length, StructureBytes)),
        _ => dice.Below(length),
    };
}
