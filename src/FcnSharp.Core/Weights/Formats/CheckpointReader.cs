using System.Buffers.Binary;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Formats;

/// <summary>Detects the format of a checkpoint from its first bytes and lists its tensors.</summary>
internal static class CheckpointReader
{
    private const int HeadBytes = 16;
    private const byte PickleProtocol = 0x80;

    /// <summary>Lists the contents of a seekable stream. The tensors are read from it later.</summary>
    /// <exception cref="WeightFileException">The file is damaged, has an unknown format, or requires code to be run.</exception>
    public static CheckpointContents Read(Stream stream, string name) => Guarded(name, "", () => Open(stream, name));

    /// <summary>Reads the values of one tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">Name of the file in messages.</param>
    /// <param name="values">Receives the values; as long as the tensor.</param>
    /// <exception cref="WeightFileException">The file ends too early or is damaged.</exception>
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

        // A safetensors header is eight bytes of length, then JSON. The length itself may be damaged.
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
                $"is not a safetensors, PyTorch .pth, .caffemodel or ONNX file: it starts with {Describe(head)}.",
                "Give a complete file of weights.");
    }

    private static string Describe(byte[] head) => head.Length == 0
        ? "nothing: the file is empty"
        : $"the bytes {Convert.ToHexString(head)}" +
        (head.Length >= 8 && BinaryPrimitives.ReadUInt64LittleEndian(head) == 0 ? ", which are all zero" : "");

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
