using FcnSharp.Imaging;
using FcnSharp.Prediction;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace FcnSharp.ImageSharp;

/// <summary>Segments ImageSharp's images, and converts results to ImageSharp's images. Thread-safe, like the predictor.</summary>
public static class ImageSegmentation
{
    /// <summary>Segments an image of any pixel format, as <see cref="ImageConversion.ToRgbImage"/> converts it.</summary>
    /// <param name="predictor">The predictor.</param>
    /// <param name="image">The image. The caller disposes it.</param>
    /// <param name="cancellationToken">Cancels the segmentation between two of its steps.</param>
    /// <returns>The segmentation, at the size of the image.</returns>
    /// <exception cref="OperationCanceledException">The segmentation was cancelled.</exception>
    public static Segmentation Segment(this FcnPredictor predictor, Image image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return predictor.Segment(image.ToRgbImage(), cancellationToken);
    }

    /// <summary>Paints every pixel in the colour of its class.</summary>
    /// <param name="segmentation">The segmentation.</param>
    /// <returns>An image of the picture's size. The caller disposes it.</returns>
    public static Image<Rgb24> ToColorMapImage(this Segmentation segmentation)
    {
        ArgumentNullException.ThrowIfNull(segmentation);
        return segmentation.ToColorMap().ToImage();
    }

    /// <summary>Blends the picture with the colours of its classes.</summary>
    /// <param name="segmentation">The segmentation.</param>
    /// <param name="options">Opacity, colours, outlines and legend; null means the defaults.</param>
    /// <returns>An image. The caller disposes it.</returns>
    public static Image<Rgb24> ToOverlayImage(this Segmentation segmentation, OverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(segmentation);
        return segmentation.ToOverlay(options).ToImage();
    }
}
