using FcnSharp.Fuzz.Generators;

namespace FcnSharp.Fuzz.Readers;

/// <summary>Bytes for a reader. They depend on reader and seed only: even seeds give generated files, odd seeds damaged valid
/// files.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Description">A description of the input.</param>
internal sealed record Input(byte[] Bytes, ulong Seed, string Description)
{
    private const int BombsOneIn = 100;
    private const int LargeBombsOneIn = 4;

    /// <summary>Whether the seed selects the reader's rarer mode.</summary>
    public bool IsVariation => (Seed >> 1) % 4 == 3;

    public static Input Make(Reader reader, ulong seed)
    {
        var dice = new Dice(Dice.Mix(Hash(reader.Name), seed));
        var format = reader.Formats[dice.Below(reader.Formats.Length)];
        if (seed % 2 == 0)
        {
            return Structured(dice, format, seed);
        }

        var other = reader.Formats[dice.Below(reader.Formats.Length)];
        var bytes = Mutator.Mutate(dice, format.Write(new Dice(dice.Next())), other.Write(new Dice(dice.Next())));
        if (format.Mend is not null && dice.OneIn(2))
        {
            format.Mend(bytes);
        }

        return new Input(bytes, seed, $"{format.Name}, damaged");
    }

    private static Input Structured(Dice dice, Format format, ulong seed)
    {
        if (format.Bombs.Length > 0 && dice.OneIn(BombsOneIn))
        {
            var bomb = dice.Below(format.Bombs.Length);
            var sizes = new Dice(dice.Next(), isLarge: dice.OneIn(LargeBombsOneIn));
            return new Input(format.Bombs[bomb](sizes), seed, $"{format.Name}, bomb {bomb + 1} of {format.Bombs.Length}");
        }

        var oddOneIn = dice.Pick(10, 50, 250, 1000, 4000);
        return new Input(format.Write(new Dice(dice.Next(), oddOneIn)), seed, $"{format.Name}, structured");
    }

    /// <summary>FNV-1a: unlike <see cref="string.GetHashCode()"/>, the same in every process.</summary>
    private static ulong Hash(string text) =>
        text.Aggregate(0xCBF29CE484222325, (hash, letter) => unchecked((hash ^ letter) * 0x100000001B3));
}
