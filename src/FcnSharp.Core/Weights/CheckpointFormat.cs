namespace FcnSharp.Weights;

/// <summary>The file format of a checkpoint; detected from the bytes, not from the file's extension.</summary>
public enum CheckpointFormat
{
    /// <summary>safetensors: a JSON header and raw tensor data.</summary>
    Safetensors,

    /// <summary>The format of <c>torch.save</c> since PyTorch 1.6: an uncompressed zip archive with one pickle.</summary>
    PyTorch,

    /// <summary>The format of <c>torch.save</c> before PyTorch 1.6: several pickles, then raw tensor data.</summary>
    PyTorchLegacy,

    /// <summary>A .caffemodel, with new or old layer fields.</summary>
    Caffe,

    /// <summary>An ONNX graph: a segmentation network, or a ResNet classifier whose trunk is read.</summary>
    Onnx,
}
