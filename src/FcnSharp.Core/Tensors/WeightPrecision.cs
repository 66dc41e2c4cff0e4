namespace FcnSharp.Tensors;

/// <summary>Number format of the weights in a file.</summary>
public enum WeightPrecision
{
    /// <summary>32-bit floats: the network's weights without loss.</summary>
    Float32,

    /// <summary>16-bit IEEE floats (half precision): half the size, 11 significant bits, values up to 65504. A tensor of one axis, such as
    /// the variances of a batch norm, keeps 32 bits if one of its values is larger.</summary>
    Float16,

    /// <summary>16-bit brain floats: half the size, 8 significant bits, the range of 32-bit floats.</summary>
    BFloat16,
}
