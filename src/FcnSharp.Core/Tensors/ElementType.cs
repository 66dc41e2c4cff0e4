namespace FcnSharp.Tensors;

/// <summary>Element type of a stored tensor.</summary>
public enum ElementType
{
    /// <summary>32-bit IEEE floats.</summary>
    Float32,

    /// <summary>16-bit IEEE floats (half precision).</summary>
    Float16,

    /// <summary>16-bit brain floats: the upper half of a 32-bit float.</summary>
    BFloat16,

    /// <summary>64-bit IEEE floats.</summary>
    Float64,

    /// <summary>64-bit signed integers.</summary>
    Int64,

    /// <summary>32-bit signed integers.</summary>
    Int32,

    /// <summary>16-bit signed integers.</summary>
    Int16,

    /// <summary>8-bit signed integers.</summary>
    Int8,

    /// <summary>64-bit unsigned integers.</summary>
    UInt64,

    /// <summary>32-bit unsigned integers.</summary>
    UInt32,

    /// <summary>16-bit unsigned integers.</summary>
    UInt16,

    /// <summary>8-bit unsigned integers.</summary>
    UInt8,

    /// <summary>Bytes that are 0 or 1.</summary>
    Boolean,

    /// <summary>8-bit floats with 4 exponent bits and 3 mantissa bits.</summary>
    Float8E4M3,

    /// <summary>8-bit floats with 5 exponent bits and 2 mantissa bits.</summary>
    Float8E5M2,
}
