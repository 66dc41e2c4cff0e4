namespace FcnSharp.Networks;

/// <summary>The networks of the paper, and FCN-4s: the number is the stride, in pixels, of the finest prediction before the last
/// upsampling.</summary>
public enum FcnVariant
{
    /// <summary>One prediction at stride 32, upsampled 32 times.</summary>
    Fcn32s = 32,

    /// <summary>Stride 32 fused with pool4 at stride 16, upsampled 16 times.</summary>
    Fcn16s = 16,

    /// <summary>Strides 32 and 16 fused with pool3 at stride 8, upsampled 8 times.</summary>
    Fcn8s = 8,

    /// <summary>
    /// Strides 32, 16 and 8 fused with features at stride 4, upsampled 4 times: an extension of the paper for objects that are too thin for
    /// stride 8. Compact layout only.
    /// </summary>
    Fcn4s = 4,
}
