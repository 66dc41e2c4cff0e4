using FcnSharp.Fuzz.Generators;
using FcnSharp.Fuzz.Readers;

namespace FcnSharp.RepositoryTests;

/// <summary>Properties of the fuzzing campaign's inputs: a seed always gives the same bytes, and grammars can write valid files.</summary>
public sealed class FuzzInputTests : IDisposable
{
    private const int Drawn = 40;

    private readonly string folder = Workplace.NewFolder();

    public static TheoryData<string> Readers => [.. Reader.All.Select(reader => reader.Name)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Readers))]
    public void Make_TheSameSeed_GivesTheSameBytes(string name)
    {
        var reader = Reader.Find(name)!;

        var first = Enumerable.Range(0, Drawn).Select(seed => Input.Make(reader, (ulong)seed)).ToList();
        var again = Enumerable.Range(0, Drawn).Select(seed => Input.Make(reader, (ulong)seed)).ToList();

        Assert.All(first.Zip(again), pair => Assert.Equal(pair.First.Bytes, pair.Second.Bytes));
        Assert.InRange(first.DistinctBy(input => Convert.ToHexString(input.Bytes)).Count(), Drawn / 2, Drawn);
        Assert.Equal(Drawn / 2, first.Count(input => !input.Description.EndsWith("damaged", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Write_SoundFilesOfEveryFormat_AreRead(string name)
    {
        var reader = Reader.Find(name)!;

        Assert.All(reader.Formats, format =>
        {
            var read = Enumerable.Range(0, Drawn).Count(seed => IsRead(reader, format.Write(new Dice((ulong)seed)), (ulong)seed));

            Assert.True(read > 0, $"{reader.Name} reads none of {Drawn} sound files of the format {format.Name}");
        });
    }

    [Fact]
    public void Next_OfDice_IsTheSequenceOfSplitMix64()
    {
        var dice = new Dice(1234567);

        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], [dice.Next(), dice.Next(), dice.Next()]);
    }

    private bool IsRead(Reader reader, byte[] file, ulong seed)
    {
        try
        {
            return reader.Read(new Input(file, seed, "sound"), new Workplace(folder)).Refusal is null;
        }
        catch (Exception exception) when (exception.GetType() == reader.Refusal)
        {
            return false;
        }
    }
}
