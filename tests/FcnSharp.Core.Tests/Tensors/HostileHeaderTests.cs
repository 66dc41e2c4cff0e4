using System.Buffers.Binary;
using System.Text;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Tensors;

/// <summary>Safetensors headers of a few megabytes that could cost much memory or time. Both readers refuse each of them cheaply.</summary>
[Collection(Alone.Name)]
public class HostileHeaderTests
{
    [Fact]
    public void Load_AShapeOfMillionsOfZeros_IsRefused() => AssertRefused(Tensor(shape: Many("0", 8_000_000)), "more than 8 sizes");

    [Fact]
    public void Load_MillionsOfOffsets_AreRefused() => AssertRefused(Tensor(offsets: Many("0", 4_000_000)), "more than 2 sizes or offsets");

    [Fact]
    public void Load_MoreTensorsThanANetworkHas_AreRefused() =>
        AssertRefused(string.Join(',', Enumerable.Range(0, 270_000).Select(i => Tensor($"{i}"))), "more than 10000 tensors");

    [Fact]
    public void Load_MetadataGivenTwice_AreRefused() =>
        AssertRefused(
            Metadata(string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"the key number {i % 5_000}\":\"{i}\""))),
            "the metadata key the key number 0 occurs twice");

    [Fact]
    public void Load_MoreMetadataThanAFileNeeds_AreRefused() =>
        AssertRefused(
            Metadata(string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"\"{i:x}\":\"\""))), "more than 10000 metadata");

    [Fact]
    public void Load_TheMapOfMetadataAgainAndAgain_IsRefused() =>
        AssertRefused(Many(Metadata("\"a\":\"\""), 100_000), "the metadata key a occurs twice");

    [Theory]
    [InlineData("")]
    [InlineData("\\u001b[2J")]
    [InlineData("a\\nb")]
    [InlineData("\\u202egnp")]
    public void Load_ANameThatIsNotPrintable_IsRefused(string name) => AssertRefused(Tensor(name), "1 to 256 printable characters");

    [Fact]
    public void Load_TextsOfMegabytes_AreRefusedInAShortLine()
    {
        var text = new string('x', 12_000_000);

        AssertRefused(Tensor(text), "1 to 256 printable characters");
        AssertRefused(Tensor(dtype: text), "unknown dtype xxx");
        AssertRefused($"\"a\":{{\"{text}\":1}}", "unknown property xxx");
        AssertRefused(Tensor(shape: new string('1', 12_000_000)), "is not a non-negative integer");
        AssertRefused(Metadata($"\"a\":{new string('[', 12_000_000)}"), "expected String");
    }

    [Theory]
    [InlineData("variant")]
    [InlineData("classes")]
    [InlineData("palette")]
    [InlineData("mean")]
    [InlineData("working_size")]
    [InlineData("license")]
    public void Load_MetadataOfMegabytes_AreRefusedByTheirKey(string key)
    {
        var texts = new Dictionary<string, string> { ["format_version"] = "1", ["classes"] = """["a"]""", ["std"] = "[1,1,1]" };
        texts[key] = new string('1', 8_000_000);

        Assert.Contains($"{key} has 8000000 characters", Refusal.OfModelFile(ModelWith(texts)));
    }

    [Theory]
    [InlineData("format_version", "2\r\n\u001b[2J", "format_version 2???[2J")]
    [InlineData("variant", "\u0007", "says variant = ? in its metadata")]
    [InlineData("classes", """["\ud800"]""", "has metadata that cannot be read")]
    [InlineData("classes", "[\u001b", "has metadata that cannot be read")]
    [InlineData("palette", """["#00000\r"]""", "has metadata that cannot be read")]
    [InlineData("working_size", "\u001b[2J", "working_size is ?[2J")]
    [InlineData("working_size", "99999999999999999999", "working_size is 99999999999999999999")]
    [InlineData("working_size", "0", "WorkingSize must be 1 to 65535")]
    [InlineData("mean", "[1e999,0,0]", "has metadata that cannot be read")]
    public void Load_MetadataThatCannotBeRead_AreRefused(string key, string text, string reason)
    {
        var texts = new Dictionary<string, string> { ["format_version"] = "1", ["classes"] = """["a","b"]""", ["std"] = "[1,1,1]" };
        texts[key] = text;

        Assert.Contains(reason, Refusal.OfModelFile(ModelWith(texts)));
    }

    [Fact]
    public void Message_OfAFileInADeepFolder_KeepsTheReason()
    {
        var path = new string('f', 3_000);

        var error = new WeightFileException(path, "starts. " + new string('x', 1_000), "Fetch it again.");

        Assert.StartsWith("…fff", error.Message);
        Assert.Contains("fff: starts. xxx", error.Message);
        Assert.EndsWith("Fetch it again.", error.Message);
        Assert.InRange(error.Message.Length, 300, 400);
    }

    private static void AssertRefused(string properties, string reason)
    {
        var file = FileOf($"{{{properties}}}");

        Assert.Contains(reason, Refusal.OfModelFile(file));
        Assert.Contains(reason, Refusal.OfCheckpoint(file));
    }

    private static string Tensor(string name = "a", string dtype = "F32", string shape = "0", string offsets = "0,0") =>
        $"\"{name}\":{{\"dtype\":\"{dtype}\",\"shape\":[{shape}],\"data_offsets\":[{offsets}]}}";

    private static string Metadata(string properties) => $"\"__metadata__\":{{{properties}}}";

    private static string Many(string text, int count) => string.Join(',', Enumerable.Repeat(text, count));

    private static byte[] FileOf(string json)
    {
        var file = new byte[8 + Encoding.UTF8.GetByteCount(json)];
        BinaryPrimitives.WriteInt64LittleEndian(file, file.Length - 8);
        Encoding.UTF8.GetBytes(json, file.AsSpan(8));
        return file;
    }

    private static byte[] ModelWith(Dictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, FilledNetwork.Tiny().Tensors, metadata, WeightPrecision.Float32);
        return stream.ToArray();
    }
}
