namespace FcnSharp.Networks;

/// <summary>Which of the paper's networks, or the one that goes a step further: the number is the stride, in pixels, of the finest
/// prediction before the last upsampling.</summary>
public enum FcnVariant
{
    /// <summary>One prediction at stride 32, upsampled 32 times.</summary>
    Fcn32s = 32,

    /// <summary>Stride 32 fused with pool4 at stride 16, upsampled 16 times.</summary>
    Fcn16s = 16,

    /// <summary>Strides 32 and 16 fused with pool3 at stride 8, upsampled 8 times.</summary>
    Fcn8s = 8,

    /// <summary>
    /// Strides 32, 16 and 8 fused with features at stride 4, upsampled 4 times: the paper's way taken one step further, for things that are
    /// too thin for stride 8. In the compact layout only.
    /// </summary>
    Fcn4s = 4,
}
