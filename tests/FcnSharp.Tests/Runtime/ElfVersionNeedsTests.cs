using System.Numerics;
using FcnSharp.Runtime;

namespace FcnSharp.Torch.Tests.Runtime;

public class ElfVersionNeedsTests
{
    // A build for no particular system has the files of every system.
    private static readonly byte[] Library = File.ReadAllBytes(
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so"));

    [Fact]
    public void Weaken_TheRealLibrary_FlipsOneBit()
    {
        var patched = Library.ToArray();

        Assert.True(Weaken(patched));

        Assert.Equal(1, DifferingBits(patched));
    }

    [Fact]
    public void Weaken_Twice_ChangesNothingMore()
    {
        var patched = Library.ToArray();

        Weaken(patched);
        Assert.True(Weaken(patched));

        Assert.Equal(1, DifferingBits(patched));
    }

    [Fact]
    public void Weaken_AVersionNobodyAskedFor_ChangesNothing()
    {
        var patched = Library.ToArray();

        Assert.False(ElfVersionNeeds.Weaken(patched, "GLIBCXX_9.9.9", LibtorchLoader.UnmetVersionMarker));

        Assert.Equal(0, DifferingBits(patched));
    }

    [Fact]
    public void Weaken_AVersionThatOtherSymbolsCarry_Refuses()
    {
        var patched = Library.ToArray();

        var error = Assert.Throws<InvalidDataException>(
            () => ElfVersionNeeds.Weaken(patched, "GLIBCXX_3.4.21", LibtorchLoader.UnmetVersionMarker));

        Assert.Contains("of version GLIBCXX_3.4.21", error.Message);
        Assert.Equal(0, DifferingBits(patched));
    }

    [Fact]
    public void Weaken_NoElfFile_Refuses() =>
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(new byte[4096], "any", "any"));

    [Fact]
    public void Weaken_ATruncatedFile_Refuses()
    {
        // The section table is at the end, so every truncation removes a part of it.
        var random = new Random(Seed: 1);
        var lengths = Enumerable.Range(0, 200).Concat(Enumerable.Range(0, 500).Select(_ => random.Next(Library.Length)));

        foreach (var length in lengths)
        {
            Assert.Throws<InvalidDataException>(() => Weaken(Library.AsSpan(0, length).ToArray()));
        }
    }

    [Fact]
    public void Weaken_DamagedBytes_ChangesAtMostOneBitAndThrowsNothingElse()
    {
        var random = new Random(Seed: 2);
        var damaged = Library.ToArray();
        (int Start, int Length)[] places = [
            (0, 64), (Library.Length - (31 * 64), 31 * 64), (0x3f8f0, 0x210), (0x3dfae, 0x193c), (0, Library.Length)];

        for (var round = 0; round < 2000; round++)
        {
            var (start, length) = places[round % places.Length];
            var spots = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => start + random.Next(length)).ToArray();
            foreach (var spot in spots)
            {
                damaged[spot] = (byte)random.Next(256);
            }

            var before = damaged.ToArray();
            var weakened = false;
            try
            {
                weakened = Weaken(damaged);
            }
            catch (InvalidDataException)
            {
                Assert.Equal(before, damaged);
            }

            Assert.InRange(DifferingBits(before, damaged), 0, weakened ? 1 : 0);
            Library.CopyTo(damaged, 0);
        }
    }

    private static bool Weaken(byte[] library) =>
        ElfVersionNeeds.Weaken(library, LibtorchLoader.UnmetVersion, LibtorchLoader.UnmetVersionMarker);

    private static int DifferingBits(byte[] patched) => DifferingBits(Library, patched);

    private static int DifferingBits(byte[] left, byte[] right)
    {
        var bits = 0;
        var at = 0;
        while (at + left.AsSpan(at).CommonPrefixLength(right.AsSpan(at)) is var next && next < left.Length)
        {
            bits += BitOperations.PopCount((uint)(left[next] ^ right[next]));
            at = next + 1;
        }

        return bits;
    }
}
