using FcnSharp.Networks;
using FcnSharp.Support;
using FcnSharp.Weights.Onnx;

namespace FcnSharp.Weights;

/// <summary>Writes networks as ONNX models (opset 17).</summary>
public static class OnnxExporter
{
    /// <summary>Writes an ONNX model atomically: to a temporary file first, which is then renamed.</summary>
    /// <param name="network">The network; its batch normalisation is folded in the file.</param>
    /// <param name="path">The file to write; by convention its name ends in <c>.onnx</c>.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <remarks>
    /// The input is <c>images</c>, (N, 3, H, W) float, normalised RGB; batch, height and width are dynamic, at least 1, and padding and
    /// cropping are part of the graph. Classes, palette, mean, std and the rest of the card are in the model's metadata, with the keys of
    /// a model file.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Export(FcnNetwork network, string path, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        AtomicFile.Write(path, stream => Export(network, stream, options));
    }

    /// <summary>Writes an ONNX model to a stream, at its current position.</summary>
    /// <inheritdoc cref="Export(FcnNetwork, string, OnnxOptions?)"/>
    /// <param name="network">The network; its batch normalisation is folded in the file.</param>
    /// <param name="stream">The stream to write to. The caller disposes it.</param>
    /// <param name="options">Null means the defaults.</param>
    public static void Export(FcnNetwork network, Stream stream, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        var plain = network.FoldBatchNorm();
        OnnxNetwork.Build(plain, options ?? new OnnxOptions()).Write(stream, ModelMetadata.Write(plain.Options, plain.Card));
    }
}
