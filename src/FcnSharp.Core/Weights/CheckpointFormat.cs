namespace FcnSharp.Weights;

/// <summary>How a checkpoint's bytes are laid out; told from the bytes, whatever the file is called.</summary>
public enum CheckpointFormat
{
    /// <summary>safetensors: a JSON header and plain numbers.</summary>
    Safetensors,

    /// <summary>What <c>torch.save</c> writes since PyTorch 1.6: an uncompressed zip archive with one pickle.</summary>
    PyTorch,

    /// <summary>What <c>torch.save</c> wrote before PyTorch 1.6: pickles in a row, then plain numbers.</summary>
    PyTorchLegacy,

    /// <summary>A Caffe network's weights, with new or old layer fields.</summary>
    Caffe,

    /// <summary>An ONNX graph with the trunk of a ResNet.</summary>
    Onnx,
}
