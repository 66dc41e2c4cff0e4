using CsCheck;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

/// <summary>A file of any bytes gives a network or a <see cref="WeightFileException"/>, in little memory, and no code of the file is
/// run.</summary>
[Collection(Alone.Name)]
public class HostileCheckpointTests
{
    private const long MaxHostileBytes = 64L << 20;

    /// <summary>Bound for names, shapes, messages and buffers of a small file, in bytes.</summary>
    private const long Floor = 1 << 20;

    public static TheoryData<string, string> HostileFiles => new()
    {
        { "hostile.pth", "data.pkl, byte 19: the pickle asks for posix.system" },
        { "hostile-legacy.pth", "pickle of the object, byte " },
        { "hostile-eval.pth", "__builtin__.eval" },
        { "hostile-beyond-storage.pth", "sizes (1000, 1000), strides (1000, 1) and offset 0 does not fit its storage of 16 numbers" },
        { "hostile-overflowing-size.pth", "does not fit its storage of 16 numbers" },
        { "hostile-negative-stride.pth", "strides (-2, 1)" },
        { "hostile-negative-offset.pth", "offset -4" },
        { "hostile-zip-bomb.pth", "is compressed" },
        { "hostile-deep.pth", "nested more than 64 deep" },
        { "truncated.pth", "the file is truncated" },
        { "truncated.safetensors", "damaged safetensors header" },
        { "huge-header.safetensors", "announce a header of 4611686018427387904 bytes" },
    };

    public static TheoryData<string> SoundFiles =>
        ["compact.safetensors", "compact-half.pth", "compact-legacy.pth", "compact-channels-last.pth", "paper.caffemodel",
            "paper-v1layers.caffemodel"];

    [Fact]
    public void Files_AllThatAreHostile_AreTested() =>
        Assert.Equal(
            new[] { "hostile", "truncated", "huge-header" }.SelectMany(CheckpointFiles.StartingWith).Order(),
            HostileFiles.Select(row => row.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(HostileFiles))]
    public void Load_AHostileFile_IsRefusedWithItsReasonAndRunsNothing(string file, string reason)
    {
        var path = CheckpointFiles.At(file);
        Refuse(path);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Refuse(path);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxHostileBytes);
        Assert.StartsWith($"{path}: ", error.Message);
        Assert.Contains(reason, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.False(File.Exists("fcn-was-here"));

        static WeightFileException Refuse(string path) => Assert.Throws<WeightFileException>(() => Checkpoint.Load(path));
    }

    [Theory]
    [InlineData("i__builtin__\neval\n.", "INST")]
    [InlineData("(o.", "OBJ")]
    [InlineData("\u0081.", "NEWOBJ")]
    [InlineData("\u0082\u0001.", "EXT")]
    [InlineData("(l(lR.", "calls something that is not a function")]
    [InlineData("}}b.", "not one that torch.save wrote")]
    [InlineData("h\u0007.", "was not stored")]
    [InlineData("t.", "mark that is not on the stack")]
    [InlineData(".", "pops from an empty stack")]
    [InlineData("Xabcdefgh", "ends within an instruction at byte")]
    public void Load_APickleOfItsOwn_IsRefusedByName(string instructions, string reason)
    {
        byte[] bytes = [0x80, 2, .. instructions.Select(letter => (byte)letter)];

        var error = Assert.Throws<WeightFileException>(() => Checkpoint.Load(new MemoryStream(bytes), "odd.pth"));

        Assert.StartsWith("odd.pth: ", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Load_APickleThatPilesUpObjects_StaysSmall()
    {
        foreach (var instruction in "}])(N\u0088")
        {
            byte[] bytes = [0x80, 2, .. Enumerable.Repeat((byte)instruction, 6 << 20)];
            var before = GC.GetAllocatedBytesForCurrentThread();

            Assert.Throws<WeightFileException>(() => Checkpoint.Load(new MemoryStream(bytes), "pile.pth"));

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxHostileBytes);
        }
    }

    [Fact]
    public void Load_AFunctionWithAnEndlessName_IsRefusedInAShortMessage()
    {
        byte[] name = [(byte)'X', .. BitConverter.GetBytes(60_000), .. Enumerable.Repeat((byte)'\r', 60_000)];
        byte[] bytes = [0x80, 2, .. name, .. name, 0x93, (byte)'.'];

        var error = Assert.Throws<WeightFileException>(() => Checkpoint.Load(new MemoryStream(bytes), "names.pth"));

        Assert.Contains("the pickle asks for ????", error.Message);
        Assert.InRange(error.Message.Length, 0, 500);
    }

    [Theory]
    [MemberData(nameof(SoundFiles))]
    public void Load_BytesFlipped_LoadsOrRefuses(string file)
    {
        var sound = File.ReadAllBytes(CheckpointFiles.At(file));
        Gen.Select(Place(sound), Gen.Byte, Place(sound), Gen.Byte).Sample(
            (at, value, at2, value2) =>
            {
                var bytes = (byte[])sound.Clone();
                bytes[at] ^= value;
                bytes[at2] ^= value2;
                AssertLoadsOrRefuses(bytes);
            },
            iter: 2_500,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(SoundFiles))]
    public void Load_PiecesCutOutOrSpliced_LoadsOrRefuses(string file)
    {
        var sound = File.ReadAllBytes(CheckpointFiles.At(file));
        Gen.Select(Place(sound), Gen.Int[0, 300], Place(sound), Gen.Int[0, 2]).Sample(
            (from, count, to, kind) =>
            {
                var end = Math.Min(sound.Length, from + count);
                AssertLoadsOrRefuses(kind switch
                {
                    0 => [.. sound[..from], .. sound[end..]],
                    1 => [.. sound[..to], .. sound[from..end], .. sound[to..]],
                    _ => sound[..from],
                });
            },
            iter: 1_500,
            threads: 1);
    }

    /// <summary>A random position in the file: mostly near its start or end, where its structure is.</summary>
    private static Gen<int> Place(byte[] sound) =>
        Gen.Frequency((4, Gen.Int[0, 6000]), (3, Gen.Int[sound.Length - 6000, sound.Length - 1]), (2, Gen.Int[0, sound.Length - 1]));

    private static void AssertLoadsOrRefuses(byte[] bytes)
    {
        var initialised = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            initialised = BytesInitialisedAnew(Checkpoint.Load(new MemoryStream(bytes)));
        }
        catch (WeightFileException error)
        {
            Assert.StartsWith("the stream: ", error.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (4L * bytes.Length) + initialised + Floor);
    }

    /// <summary>A file that is truncated after its last trunk layer is a valid backbone; its head is initialised.</summary>
    private static long BytesInitialisedAnew(Checkpoint checkpoint)
    {
        var names = checkpoint.Report.Reinitialised.Select(line => line.Tensor).ToHashSet(StringComparer.Ordinal);
        return checkpoint.Network.Tensors.Where(tensor => names.Contains(tensor.Name))
            .Sum(tensor => sizeof(float) * (long)tensor.Values.Length);
    }
}
