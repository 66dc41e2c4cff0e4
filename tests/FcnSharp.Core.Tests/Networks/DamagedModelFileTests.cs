using System.Buffers.Binary;
using System.Text;
using CsCheck;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Networks;

/// <summary>A file of any bytes gives a network or a <see cref="WeightFileException"/>, without large allocations.</summary>
public class DamagedModelFileTests
{
    private static readonly byte[] Sound = SoundFile();

    [Theory]
    [InlineData("truncated.safetensors")]
    [InlineData("huge-header.safetensors")]
    public void Load_DamagedFilesOfOtherTools_AreRefused(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Files", file);

        var error = Assert.Throws<WeightFileException>(() => FcnNetwork.Load(path));

        Assert.StartsWith($"{path}: ", error.Message);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,16]}}""", "damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2000000000,2000000000,2000000000],"data_offsets":[0,16]}}""", "damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-4],"data_offsets":[0,16]}}""", "is not a non-negative integer")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,1600000]}}""", "takes 16 bytes, but has 1600000")]
    [InlineData("""{"a":{"dtype":"F32","shape":[400000],"data_offsets":[0,1600000]}}""", "take 1600000 bytes, but 16 follow")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "starts at byte 8 of the data, but byte 0 is next")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""",
        "but byte 8 is next")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""",
        "listed twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}""", "takes 16 bytes, but has -16")]
    [InlineData("""{"a":{"dtype":"F33","shape":[4],"data_offsets":[0,16]}}""", "unknown dtype F33")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4]}}""", "lacks its dtype")]
    [InlineData("""{"a":5}""", "expected StartObject")]
    [InlineData("""{"__metadata__":{"a":{"b":{"c":{}}}}}""", "expected String")]
    [InlineData("""[[[[[[[[[[[[]]]]]]]]]]]]""", "expected StartObject")]
    [InlineData("{\"a\":{\"dtype\":\"F32\"", "damaged")]
    [InlineData("{} {}", "damaged")]
    [InlineData("", "damaged")]
    public void Load_AHostileHeader_IsRefusedWithItsReason(string json, string reason)
    {
        var error = Assert.Throws<WeightFileException>(
            () => FcnNetwork.Load(new MemoryStream(FileOf(json, dataBytes: 16)), "bad.safetensors"));

        Assert.StartsWith("bad.safetensors: ", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Load_OtherKindsOfFiles_AreRefused()
    {
        byte[][] others = [[], [1], new byte[8], "just some text, no weights"u8.ToArray(), [0x50, 0x4B, 3, 4, .. new byte[100]],
            [0xFF, 0xD8, 0xFF, .. new byte[100]]];

        Assert.All(others, bytes => Assert.Throws<WeightFileException>(() => FcnNetwork.Load(new MemoryStream(bytes))));
    }

    [Fact]
    public void Load_AFolder_SaysSo()
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<WeightFileException>(() => FcnNetwork.Load(folder.Path));

        Assert.Equal($"{folder.Path}: is a folder, not a file. Name a file in it.", error.Message);
    }

    [Fact]
    public void Load_TruncatedAnywhere_IsRefused()
    {
        for (var length = 0; length < Sound.Length; length += length < 6000 ? 1 : 97)
        {
            AssertLoadsOrRefuses(Sound[..length], mayLoad: false);
        }
    }

    [Fact]
    public void Load_BytesFlippedInTheHeader_LoadsOrRefuses() =>
        Gen.Select(Gen.Int[0, 5200], Gen.Byte, Gen.Int[0, 5200], Gen.Byte).Sample(
            (at, value, at2, value2) =>
            {
                var bytes = (byte[])Sound.Clone();
                bytes[at] ^= value;
                bytes[at2] ^= value2;
                AssertLoadsOrRefuses(bytes, mayLoad: true);
            },
            iter: 20_000,
            threads: 1);

    [Fact]
    public void Load_PiecesCutOutOrRepeated_LoadsOrRefuses() =>
        Gen.Select(Gen.Int[0, 6000], Gen.Int[0, 200], Gen.Int[0, 6000], Gen.Bool).Sample(
            (from, count, to, cut) =>
            {
                byte[] bytes = cut
                    ? [.. Sound[..from], .. Sound[(from + count)..]]
                    : [.. Sound[..to], .. Sound[from..(from + count)], .. Sound[to..]];
                AssertLoadsOrRefuses(bytes, mayLoad: true);
            },
            iter: 5_000,
            threads: 1);

    private static void AssertLoadsOrRefuses(byte[] bytes, bool mayLoad)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            FcnNetwork.Load(new MemoryStream(bytes));
            Assert.True(mayLoad, $"{bytes.Length} of {Sound.Length} bytes were taken for a whole file");
        }
        catch (WeightFileException error)
        {
            Assert.StartsWith("the stream: ", error.Message);
        }

        // The constant covers names, shapes and messages of a file of this size.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (4L * bytes.Length) + 1_000_000);
    }

    private static byte[] SoundFile()
    {
        using var stream = new MemoryStream();
        FilledNetwork.Tiny().Save(stream, WeightPrecision.Float16);
        return stream.ToArray();
    }

    private static byte[] FileOf(string json, int dataBytes)
    {
        var text = Encoding.UTF8.GetBytes(json);
        byte[] bytes = [.. new byte[8], .. text, .. new byte[dataBytes]];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        return bytes;
    }
}
