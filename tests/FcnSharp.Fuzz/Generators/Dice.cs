using System.Text;

namespace FcnSharp.Fuzz.Generators;

/// <summary>The random choices of one input. The same seed gives the same choices on every machine and in every version of .NET.</summary>
/// <param name="seed">The seed of the sequence.</param>
/// <param name="oddOneIn">A grammar deviates from its format at one of this many places on average; 0 for never.</param>
/// <param name="isLarge">Whether sizes are near their maximum instead of mostly small.</param>
internal sealed class Dice(ulong seed, int oddOneIn = 0, bool isLarge = false)
{
    private static readonly long[] Edges =
    [
        0, 1, 2, 3, 7, 8, 9, 15, 16, 31, 63, 64, 65, 127, 128, 255, 256, 257, 1023, 4096, 16384, 32767, 32768, 65535, 65536, 1 << 20,
        1 << 24, int.MaxValue - 1, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40, 1L << 62, long.MaxValue, long.MinValue,
        -1, -2, -128, -32768, int.MinValue,
    ];

    private ulong state = seed;

    /// <summary>Whether the input follows its format everywhere.</summary>
    public bool IsSound => oddOneIn == 0;

    /// <summary>Hashes numbers into a seed, so that the sequences of neighbouring seeds are independent.</summary>
    public static ulong Mix(ulong first, ulong second) => Scramble(Scramble(first + 0x9E3779B97F4A7C15) ^ second);

    /// <summary>A 64-bit number (SplitMix64 of Steele, Lea and Flood, 2014).</summary>
    public ulong Next() => Scramble(state += 0x9E3779B97F4A7C15);

    /// <summary>A number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)((Next() >> 33) % (uint)count);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>A number from 1 to <paramref name="max"/> whose logarithm is uniform: mostly small.</summary>
    public int Size(int max) => isLarge
        ? max - Below((max / 8) + 1)
        : Math.Clamp((int)Math.Exp(Next() / (double)ulong.MaxValue * Math.Log(max + 1.0)), 1, max);

    public bool OneIn(int count) => Below(count) == 0;

    /// <summary>Whether the grammar deviates here.</summary>
    public bool Odd() => oddOneIn > 0 && OneIn(oddOneIn);

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public byte Byte() => (byte)Next();

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count; at += sizeof(ulong))
        {
            var value = Next();
            for (var i = at; i < Math.Min(count, at + sizeof(ulong)); i++, value >>= 8)
            {
                bytes[i] = (byte)value;
            }
        }

        return bytes;
    }

    /// <summary>An integer that often causes errors in readers: near a power of two, negative, or random.</summary>
    public long Edge() => Below(4) switch
    {
        0 => unchecked((1L << Below(64)) + Between(-1, 1)),
        1 => Between(0, 300),
        _ => Pick<long>(Edges),
    };

    /// <summary>The number, or an odd one.</summary>
    public long Number(long sound) => Odd() ? (OneIn(3) ? unchecked(sound + Between(-2, 2)) : Edge()) : sound;

    /// <summary>A string that no format expects: control characters, wide characters, paths, or a long repetition.</summary>
    public string OddText() => Below(10) switch
    {
        0 => "",
        1 => "\0",
        2 => "\u001b[31m\r\n\t",
        3 => new string((char)Between(1, 127), Size(100_000)),
        4 => "../../../../../../etc/passwd",
        5 => "/dev/null",
        6 => "\ud83d\ude00\u202e\uffff\ud800",
        7 => new string('\n', Size(300)),
        8 => Encoding.Latin1.GetString(Bytes(Size(40))),
        _ => string.Concat(Enumerable.Repeat("a/", Size(3000))),
    };

    /// <summary>The text, or an odd one.</summary>
    public string Text(string sound) => Odd() ? OddText() : sound;

    /// <summary>Shuffles items.</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private static ulong Scramble(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
