namespace FcnSharp.Networks;

/// <summary>How the network keeps its maps aligned with the picture.</summary>
public enum FcnLayout
{
    /// <summary>
    /// Same padding throughout, fc6 1x1, biased transposed convolutions. The picture is zero-padded right and bottom
    /// to multiples of 32 after normalisation, and the scores are cropped back.
    /// </summary>
    Compact,

    /// <summary>
    /// The published Caffe network: 100 pixels of padding at the first convolution, fc6 7x7, transposed convolutions
    /// without bias, and crops that line the maps up.
    /// </summary>
    Original,
}
