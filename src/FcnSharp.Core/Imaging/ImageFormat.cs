namespace FcnSharp.Imaging;

/// <summary>The file formats a picture can be written in.</summary>
public enum ImageFormat
{
    /// <summary>Lossless, up to 1,000,000 pixels a side.</summary>
    Png,

    /// <summary>Lossy, up to 65,500 pixels a side.</summary>
    Jpeg,

    /// <summary>Lossy below quality 100 and lossless at it, up to 16,383 pixels a side.</summary>
    WebP,
}
