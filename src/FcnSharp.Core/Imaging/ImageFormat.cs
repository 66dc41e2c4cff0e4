namespace FcnSharp.Imaging;

/// <summary>The file formats in which a picture can be written.</summary>
public enum ImageFormat
{
    /// <summary>Lossless; up to 1,000,000 pixels per side.</summary>
    Png,

    /// <summary>Lossy; up to 65,500 pixels per side.</summary>
    Jpeg,

    /// <summary>Lossy below quality 100, lossless at 100; up to 16,383 pixels per side.</summary>
    WebP,
}
