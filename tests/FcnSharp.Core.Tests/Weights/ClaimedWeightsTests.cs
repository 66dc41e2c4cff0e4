using System.Text;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

/// <summary>Files that claim more than they hold are refused in little memory.</summary>
[Collection(Alone.Name)]
public class ClaimedWeightsTests
{
    private const long Megabyte = 1 << 20;

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"__metadata__":{"format_version":"1"}}""")]
    public void Load_AFileWithoutTensors_IsRefused(string header)
    {
        using var folder = new TempFolder();
        byte[] bytes = [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header)];
        File.WriteAllBytes(folder["empty.safetensors"], bytes);

        AssertRefused(() => Checkpoint.Load(folder["empty.safetensors"]), 64 * Megabyte);
        AssertRefused(() => FcnPredictor.Load(folder["empty.safetensors"]), 64 * Megabyte);
        AssertRefused(() => FcnNetwork.Load(folder["empty.safetensors"]), 64 * Megabyte);
        AssertRefused(() => Checkpoint.Load(new MemoryStream(bytes)), 64 * Megabyte);
        Assert.NotNull(Inspected(folder["empty.safetensors"]));

        static string? Inspected(string path)
        {
            try
            {
                return Checkpoint.Inspect(path).Refusal;
            }
            catch (WeightFileException exception)
            {
                return exception.Message;
            }
        }
    }

    /// <summary>A valid file except for missing tensors, of which fc7 alone would take 1 GB.</summary>
    [Fact]
    public void Load_AHeadOf16384ChannelsIn134Kilobytes_IsCountedBeforeItIsMade()
    {
        var widths = new VggWidths { Stage1 = 1, Stage2 = 1, Stage3 = 1, Stage4 = 1, Stage5 = 1, Head = 16384 };
        var specs = StateDict.TensorsOf(new FcnOptions { Trunk = new VggTrunkOptions { Widths = widths } })
            .TakeWhile(spec => spec.Name != "fc7.0.weight");
        using var file = new WeightFile(specs.Select(
            spec => new NamedTensor(spec.Name, spec.Shape, new float[spec.Shape.Aggregate(1, (count, size) => count * size)])));
        var length = new FileInfo(file.Path).Length;

        var error = AssertRefused(() => Checkpoint.Load(file.Path), (64 * Megabyte) + (4 * length));

        Assert.InRange(length, 0, 140_000);
        Assert.Contains($"has {length} bytes, but the tensors that it lacks take ", error.Message);
        Assert.Contains("the first is fc7.0.weight", error.Message);
        Assert.Contains("the tensors that it lacks take ", Checkpoint.Inspect(file.Path).Refusal);
    }

    [Fact]
    public void Load_NamesOfNothingButPrefixes_IsRefusedInAShortMessage()
    {
        var name = string.Concat(Enumerable.Repeat("module.", 100_000));
        using var file = new WeightFile([new NamedTensor(name + "\u0007weight", [1], new float[1])]);

        var error = AssertRefused(() => Checkpoint.Load(new MemoryStream(File.ReadAllBytes(file.Path)), "long"), 64 * Megabyte);

        Assert.InRange(error.Message.Length, 0, 400);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    private static WeightFileException AssertRefused(Func<object> load, long bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<WeightFileException>(() => { load(); });

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, bytes);
        return error;
    }
}
