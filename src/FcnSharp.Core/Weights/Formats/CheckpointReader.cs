using System.Buffers.Binary;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Formats;

/// <summary>Tells the format of a checkpoint from its first bytes and lists its tensors.</summary>
internal static class CheckpointReader
{
    private const int HeadBytes = 16;
    private const byte PickleProtocol = 0x80;

    /// <summary>Lists what a seekable stream holds. The tensors are read from it later.</summary>
    /// <exception cref="WeightFileException">The file is of no known format, damaged, or asks for code to be run.</exception>
    public static CheckpointContents Read(Stream stream, string name) => Guarded(name, "", () => Open(stream, name));

    /// <summary>Reads one tensor's numbers.</summary>
    /// <param name="tensor">Which.</param>
    /// <param name="name">What the file is called in messages.</param>
    /// <param name="values">Takes them; as many as the tensor has.</param>
    /// <exception cref="WeightFileException">The file ends too early or its numbers are damaged.</exception>
    public static void ReadValues(StoredTensor tensor, string name, Memory<float> values) => Guarded(name, $"tensor {tensor.Name}: ", () =>
    {
        tensor.Read(values.Span);
        return values;
    });

    private static CheckpointContents Open(Stream stream, string name)
    {
        var head = new byte[(int)Math.Min(HeadBytes, stream.Length)];
        stream.Position = 0;
        stream.ReadExactly(head);

        if (head.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            return PyTorchZip.Read(stream);
        }

        // A safetensors header is JSON behind eight bytes of length. The length itself may be damaged.
        if (head.Length > 8 && head[8] == '{')
        {
            stream.Position = 0;
            return SafetensorsCheckpoint.Read(stream, name);
        }

        if (head.Length > 1 && head[0] == PickleProtocol && head[1] <= 5)
        {
            return PyTorchLegacy.Read(stream);
        }

        return OnnxFile.LooksLikeOne(head) ? OnnxReader.Read(stream)
            : CaffeModel.LooksLikeOne(head) ? CaffeModel.Read(stream)
            : throw new ContentException(
                $"is no safetensors file, PyTorch .pth, .caffemodel or ONNX file: it starts with {Describe(head)}.",
                "Give a file of weights, fetched whole.");
    }

    private static string Describe(byte[] head) => head.Length == 0
        ? "nothing: the file is empty"
        : $"the bytes {Convert.ToHexString(head)}" +
        (head.Length >= 8 && BinaryPrimitives.ReadUInt64LittleEndian(head) == 0 ? ", which are blank" : "");

    private static T Guarded<T>(string name, string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException exception)
        {
            throw new WeightFileException(name, $"{place}the file ends too early.", ContentException.FetchAgain, exception);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            var (reason, remedy) = ContentException.Of(exception);
            throw new WeightFileException(name, place + reason, remedy, exception);
        }
    }
}
