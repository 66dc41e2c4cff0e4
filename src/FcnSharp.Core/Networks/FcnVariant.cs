namespace FcnSharp.Networks;

/// <summary>Which of the paper's three networks: the number is the stride, in pixels, of the finest prediction before the last
/// upsampling.</summary>
public enum FcnVariant
{
    /// <summary>One prediction at stride 32, upsampled 32 times.</summary>
    Fcn32s = 32,

    /// <summary>Stride 32 fused with pool4 at stride 16, upsampled 16 times.</summary>
    Fcn16s = 16,

    /// <summary>Strides 32 and 16 fused with pool3 at stride 8, upsampled 8 times.</summary>
    Fcn8s = 8,
}
