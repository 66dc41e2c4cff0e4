using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Weights;
using Xunit;

namespace FcnSharp.Tests.Support;

/// <summary>Asserts the properties of every refusal of a weight file: a typed exception, one short line, little memory and few bytes
/// read.</summary>
internal static class Refusal
{
    private const string FileName = "bad.bin";
    private const int MaxMessage = 400;
    private const long MinAllocation = 64L << 20;
    private const long MinReading = 1 << 20;

    /// <summary>Loads a checkpoint that must be refused, and returns the message.</summary>
    public static string OfCheckpoint(byte[] file) => Of(file, stream => Checkpoint.Load(stream, FileName));

    /// <summary>Loads a model file that must be refused, and returns the message.</summary>
    public static string OfModelFile(byte[] file) => Of(file, stream => FcnNetwork.Load(stream, FileName));

    private static string Of(byte[] file, Func<Stream, object> load)
    {
        using var stream = new CountingStream(file);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<WeightFileException>(() => load(stream));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MinAllocation + (4L * file.Length));
        Assert.InRange(stream.BytesRead, 0, MinReading + (2L * file.Length));
        Assert.InRange(error.Message.Length, 1, MaxMessage);
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.StartsWith($"{FileName}: ", error.Message);
        return error.Message;
    }
}
