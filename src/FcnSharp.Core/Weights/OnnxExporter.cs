using FcnSharp.Networks;
using FcnSharp.Support;
using FcnSharp.Weights.Onnx;

namespace FcnSharp.Weights;

/// <summary>Hands a network on to ONNX (opset 17), for every runtime that reads it.</summary>
public static class OnnxExporter
{
    /// <summary>Writes an ONNX model: beside <paramref name="path"/> first, then renamed.</summary>
    /// <param name="network">Batch normalisation is folded.</param>
    /// <param name="path">Where to; by custom it ends in <c>.onnx</c>.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <remarks>
    /// The input is <c>images</c>, (N, 3, H, W) float, normalised RGB; batch, height and width are free, from 1 up, and padding and
    /// cropping are part of the graph. Classes, palette, mean, std and the rest of the card are in the model's metadata, under the keys of
    /// a model file.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Export(FcnNetwork network, string path, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        AtomicFile.Write(path, stream => Export(network, stream, options));
    }

    /// <summary>Writes an ONNX model to a stream from where it stands; not disposed.</summary>
    /// <inheritdoc cref="Export(FcnNetwork, string, OnnxOptions?)"/>
    /// <param name="network">Batch normalisation is folded.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="options">Null means the defaults.</param>
    public static void Export(FcnNetwork network, Stream stream, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        var plain = network.FoldBatchNorm();
        OnnxNetwork.Build(plain, options ?? new OnnxOptions()).Write(stream, ModelMetadata.Write(plain.Options, plain.Card));
    }
}
