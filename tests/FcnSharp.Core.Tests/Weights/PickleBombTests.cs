using System.Buffers.Binary;
using System.Text;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights.Formats;
using FcnSharp.Weights.Pickling;

namespace FcnSharp.Tests.Weights;

/// <summary>Short pickles that repeat a value in order to cost much memory or time. Each is refused cheaply.</summary>
[Collection(Alone.Name)]
public class PickleBombTests
{
    private const string TooManyObjects = "makes more than 200000 objects";
    private const string TooMuchWork = "uses its strings too often";

    private static readonly byte[] Put0 = [(byte)'q', 0];
    private static readonly byte[] Put1 = [(byte)'q', 1];
    private static readonly byte[] Get0 = [(byte)'h', 0];
    private static readonly byte[] Get1 = [(byte)'h', 1];

    [Theory]
    [InlineData("builtins", "list")]
    [InlineData("builtins", "tuple")]
    [InlineData("builtins", "frozenset")]
    [InlineData("torch", "Size")]
    public void Load_ASequenceCopiedAgainAndAgain_IsRefused(string module, string name)
    {
        byte[] list = [(byte)'(', .. Many(60_000, "N"u8), (byte)'l', .. Put0, .. Global(module, name), .. Put1];
        byte[] copy = [.. Get1, .. Get0, 0x85, (byte)'R', (byte)'0'];

        Assert.Contains(TooManyObjects, Refused([.. list, .. Many(90_000, copy)]));
    }

    [Fact]
    public void Load_PairsMadeADictionaryAgainAndAgain_IsRefused()
    {
        byte[] pairs = [(byte)'(', .. Many(50_000, [(byte)'K', 1, (byte)'N', 0x86]), (byte)'l', .. Put0,
            .. Global("collections", "OrderedDict"), .. Put1];

        Assert.Contains(TooManyObjects, Refused([.. pairs, .. Many(50_000, [.. Get1, .. Get0, 0x85, (byte)'R', (byte)'0'])]));
    }

    [Fact]
    public void Load_ValuesPiledUpAndDroppedAgain_AllocatesNothingForThem()
    {
        byte[] pile = [(byte)'(', .. Many(50_000, "N"u8), (byte)'1'];

        Assert.Contains("ends within an instruction", Refused(Many(60, pile), end: ""));
    }

    [Fact]
    public void Load_PlacesOfTheMemoryWithOneHash_AreRefused()
    {
        var places = string.Concat(Enumerable.Range(1, 150_000).Select(i => $"p{((long)i << 32) | (uint)i}\n"));

        Assert.Contains("stores a value at memo index", Refused([(byte)'N', .. Encoding.ASCII.GetBytes(places)]));
    }

    [Fact]
    public void Load_PlacesOfTheMemoryInOneBucket_AreRefused()
    {
        // A dictionary of 200,000 places has a prime number of buckets near 400,000; 2^32 has room for 10,000 multiples of that.
        byte[][] places = [.. Enumerable.Range(1, 10_000).Select(i => Number('r', 397_463 * i))];

        Assert.Contains("stores a value at memo index", Refused([(byte)'N', .. places.SelectMany(place => place)]));
    }

    [Theory]
    [InlineData("\u0094")]
    [InlineData("}\u0094")]
    [InlineData("K\u0001")]
    [InlineData("}N\u0086")]
    public void Load_AValueForEveryByte_IsRefused(string instructions)
    {
        byte[] bytes = [(byte)'N', .. Many(3 << 20, instructions.Select(letter => (byte)letter).ToArray()).Take((4 << 20) - 1000)];

        Refused(bytes);
    }

    [Fact]
    public void Load_ALongKeySetAgainAndAgain_IsRefused()
    {
        byte[] key = [.. Text(new string('k', 1_500_000)), .. Put0];

        Assert.Contains(TooMuchWork, Refused([(byte)'}', .. key, (byte)'0', .. Many(50_000, [.. Get0, (byte)'N', (byte)'s'])]));
    }

    [Fact]
    public void Load_ALongKeyInDictionaryAfterDictionary_IsRefused()
    {
        byte[] key = [.. Text(new string('k', 1_000_000)), .. Put0];

        Assert.Contains(TooMuchWork, Refused([.. key, .. Many(50_000, [(byte)'}', .. Get0, (byte)'N', (byte)'s', (byte)'0'])]));
    }

    [Fact]
    public void Load_AStorageWithALongKey_IsRefused()
    {
        byte[] id = [(byte)'(', .. Text("storage"), .. Global("torch", "FloatStorage"), .. Text(new string('k', 500_000)),
            .. Text("cpu"), (byte)'K', 4, (byte)'t', .. Put0];

        Assert.Contains("is not a storage", Refused([.. id, .. Many(100_000, [(byte)'Q', .. Get0])]));
    }

    [Fact]
    public void Load_ATensorOfManyAxes_IsRefusedInAShortLine()
    {
        byte[] sizes = [(byte)'(', .. Many(50_000, [(byte)'K', 1]), (byte)'t', .. Put1];

        Assert.Contains("has 50000 sizes or strides; at most 8", Refused([.. sizes, .. Tensor(Get1, Get1)]));
    }

    [Fact]
    public void Load_EightHugeSizes_AreRefusedInAShortLine()
    {
        byte[] sizes = [(byte)'(', .. Many(8, [0x8A, 8, 255, 255, 255, 255, 255, 255, 255, 127]), (byte)'t', .. Put1];

        Assert.Contains("does not fit its storage", Refused([.. sizes, .. Tensor(Get1, Get1)]));
    }

    [Fact]
    public void Load_ATensorMadeAgainAndAgain_IsRefused()
    {
        byte[] arguments = [(byte)'(', .. Storage(), (byte)'K', 0, (byte)')', (byte)')', (byte)'t', .. Put0,
            .. Global("torch._utils", "_rebuild_tensor"), .. Put1];

        Assert.Contains(TooManyObjects, Refused([.. arguments, .. Many(500_000, [.. Get1, .. Get0, (byte)'R', (byte)'0'])]));
    }

    [Fact]
    public void Load_AFunctionWithALongNameAskedForAgain_IsRefused()
    {
        byte[] name = [.. Text(new string('f', 1_000_000)), .. Put0];

        Assert.Contains("which is not allowed", Refused([.. name, .. Many(10_000, [.. Get0, .. Get0, 0x93])]));
    }

    [Fact]
    public void Load_AStateDictWithinItself_IsRefused()
    {
        byte[] keys = [.. Enumerable.Range(0, 60_000).SelectMany(i => (byte[])[.. Text($"key number {i}"), (byte)'N', (byte)'s'])];
        byte[] self = [.. Text("state_dict"), .. Get0, (byte)'s'];

        Assert.Contains("state_dict contains itself", Refused([(byte)'}', .. Put0, .. keys, .. self]));
    }

    [Fact]
    public void Load_NamesWithControlCharacters_AreRefusedWithoutThem()
    {
        byte[] entry = [.. Text("conv1\r\u001b[2J"), .. Tensor([(byte)')'], [(byte)')']), (byte)'s'];

        Assert.Contains("\"conv1??[2J\"", Refused([(byte)'}', .. entry]));
    }

    [Fact]
    public void Load_AnotherProtocolThan1001_IsRefused()
    {
        byte[] file = [.. Legacy([(byte)'}'], ".", protocol: 775)];

        Assert.Contains("are not those of torch.save", Refusal.OfCheckpoint(file));
    }

    [Fact]
    public void StoredBytes_OfViewsThatRepeatOrSkipNumbers_CountAllThatIsTaken()
    {
        var storage = new PickleStorage("0", ElementType.Float32, 100);

        var repeated = new NamedView("a", new PickleTensor(storage, 0, [10, 10], [0, 0])).ToStored(Stream.Null, () => 0);
        var spread = new NamedView("a", new PickleTensor(storage, 0, [2], [99])).ToStored(Stream.Null, () => 0);

        Assert.Equal((400, 400), (repeated.StoredBytes, spread.StoredBytes));
    }

    private static string Refused(byte[] instructions, string end = ".") => Refusal.OfCheckpoint(Legacy(instructions, end, protocol: 1001));

    /// <summary>A file of torch.save before PyTorch 1.6 whose object is made by the instructions.</summary>
    private static byte[] Legacy(byte[] instructions, string end, ushort protocol) =>
    [
        0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.',
        0x80, 2, (byte)'M', (byte)protocol, (byte)(protocol >> 8), (byte)'.',
        0x80, 2, (byte)'}', .. Text("little_endian"), 0x88, (byte)'s', (byte)'.',
        0x80, 2, .. instructions, .. Encoding.ASCII.GetBytes(end),
        .. end.Length > 0 ? [0x80, 2, (byte)']', (byte)'.'] : Array.Empty<byte>(),
    ];

    private static byte[] Tensor(byte[] sizes, byte[] strides) =>
        [.. Global("torch._utils", "_rebuild_tensor"), (byte)'(', .. Storage(), (byte)'K', 0, .. sizes, .. strides, (byte)'t', (byte)'R'];

    private static byte[] Storage() =>
        [(byte)'(', .. Text("storage"), .. Global("torch", "FloatStorage"), .. Text("0"), .. Text("cpu"), (byte)'K', 4, .. "tQ"u8];

    private static byte[] Global(string module, string name) => Encoding.ASCII.GetBytes($"c{module}\n{name}\n");

    private static byte[] Text(string text) => [.. Number('X', text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Number(char instruction, int number)
    {
        var bytes = new byte[5];
        bytes[0] = (byte)instruction;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), number);
        return bytes;
    }

    private static byte[] Many(int count, ReadOnlySpan<byte> bytes)
    {
        var repeated = new byte[count * bytes.Length];
        for (var i = 0; i < count; i++)
        {
            bytes.CopyTo(repeated.AsSpan(i * bytes.Length));
        }

        return repeated;
    }
}
