using System.Buffers.Binary;
using System.Text;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

/// <summary>An original FCN-8s at full width, 540 MB, loads in little more memory than its own size.</summary>
[Collection(Alone.Name)]
public class LargeCheckpointTests
{
    private const double MaxRatio = 1.05;

    [Fact]
    public void Load_AFullSizeNetwork_TakesLittleMoreMemoryThanTheFile()
    {
        using var folder = new TempFolder();
        var path = folder["fcn8s.pth"];
        LegacyFile.Write(path, new FcnOptions { Layout = FcnLayout.Original });
        var length = new FileInfo(path).Length;
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var (network, report) = Checkpoint.Load(path);

        // The total of all allocations is an upper bound of the peak.
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.InRange(length, 530_000_000, 550_000_000);
        Assert.InRange(allocated, 4 * StateDict.CountParameters(network.Options), MaxRatio * length);
        Assert.Equal((134_489_759, 39), (StateDict.CountParameters(network.Options), report.Loaded.Length));
        Assert.Equal(["best_mean_iu"], report.LeftOut.Select(line => line.Tensor));
        Assert.Equal(0.25f, network["fc6.0.weight"].Values.Span[^1]);
    }

    /// <summary>Writes a file like torch.save before PyTorch 1.6, under Caffe's names, with a trainer's score and the versions of modules;
    /// every number is 0.25.</summary>
    private static class LegacyFile
    {
        public static void Write(string path, FcnOptions options)
        {
            using var stream = File.Create(path);
            stream.Write([0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.']);
            stream.Write([0x80, 2, (byte)'M', 0xE9, 3, (byte)'.']);
            stream.Write([0x80, 2, (byte)'}', .. Text("little_endian"), 0x88, (byte)'s', (byte)'.']);

            var tensors = StateDict.TensorsOf(options).ToList();
            stream.Write([0x80, 2, (byte)'}']);
            foreach (var tensor in tensors)
            {
                stream.Write(
                    [.. Text(NameMap.CaffeFcn8s.ToForeign(tensor.Name)), .. Global("torch._utils", "_rebuild_tensor_v2"), (byte)'(']);
                stream.Write([(byte)'(', .. Text("storage"), .. Global("torch", "FloatStorage"), .. Text(tensor.Name), .. Text("cpu"),
                    .. Number(Count(tensor)), (byte)'N', (byte)'t', (byte)'Q']);
                stream.Write([.. Number(0), .. Tuple(tensor.Shape.Select(size => size)), .. Tuple(Strides(tensor)), 0x89, (byte)'}',
                    (byte)'t', (byte)'R', (byte)'s']);
            }

            stream.Write(
                [.. Text("best_mean_iu"), .. Numpy(), (byte)'s', (byte)'}', .. Text("_metadata"), (byte)'}', (byte)'s', (byte)'b']);
            stream.Write([(byte)'.', 0x80, 2, (byte)'(', .. tensors.SelectMany(tensor => Text(tensor.Name)), (byte)'l', (byte)'.']);

            var chunk = new byte[1 << 20];
            for (var at = 0; at < chunk.Length; at += sizeof(float))
            {
                BinaryPrimitives.WriteSingleLittleEndian(chunk.AsSpan(at), 0.25f);
            }

            foreach (var count in tensors.Select(Count))
            {
                stream.Write(BitConverter.GetBytes((long)count));
                for (var rest = sizeof(float) * (long)count; rest > 0; rest -= chunk.Length)
                {
                    stream.Write(chunk.AsSpan(0, (int)Math.Min(chunk.Length, rest)));
                }
            }
        }

        private static int Count(TensorSpec tensor) => tensor.Shape.Aggregate(1, (count, size) => count * size);

        private static IEnumerable<int> Strides(TensorSpec tensor) =>
            tensor.Shape.Select((_, axis) => tensor.Shape.Skip(axis + 1).Aggregate(1, (count, size) => count * size));

        private static byte[] Text(string text) => [(byte)'X', .. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text)];

        private static byte[] Number(int number) => [(byte)'J', .. BitConverter.GetBytes(number)];

        private static byte[] Global(string module, string name) => [(byte)'c', .. Encoding.ASCII.GetBytes($"{module}\n{name}\n")];

        /// <summary>numpy.float64(0) as numpy pickles it: scalar(dtype('f8'), bytes).</summary>
        private static byte[] Numpy() =>
        [
            .. Global("numpy.core.multiarray", "scalar"),
            .. Global("numpy", "dtype"), .. Text("f8"), .. Number(0), .. Number(1), 0x87, (byte)'R',
            (byte)'(', .. Number(3), .. Text("<"), (byte)'N', (byte)'N', (byte)'N', .. Number(-1), .. Number(-1), .. Number(0),
            (byte)'t', (byte)'b',
            .. Global("_codecs", "encode"), .. Text("\0\0\0\0\0\0\0\0"), .. Text("latin1"), 0x86, (byte)'R',
            0x86, (byte)'R',
        ];

        private static byte[] Tuple(IEnumerable<int> numbers) => [(byte)'(', .. numbers.SelectMany(Number), (byte)'t'];
    }
}
