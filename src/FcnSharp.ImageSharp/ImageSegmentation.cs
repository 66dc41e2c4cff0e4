using FcnSharp.Imaging;
using FcnSharp.Prediction;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace FcnSharp.ImageSharp;

/// <summary>Segments ImageSharp's images, and gives results as such.</summary>
public static class ImageSegmentation
{
    /// <summary>Segments an image of any pixel format, as <see cref="ImageConversion.ToRgbImage"/> converts it.</summary>
    /// <param name="predictor">The predictor.</param>
    /// <param name="image">Not disposed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The classes, at the image's own size.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static Segmentation Segment(this FcnPredictor predictor, Image image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return predictor.Segment(image.ToRgbImage(), cancellationToken);
    }

    /// <summary>Every pixel in the colour of its class.</summary>
    /// <param name="segmentation">The result.</param>
    /// <returns>An image of the picture's size, for the caller to dispose.</returns>
    public static Image<Rgb24> ToColorMapImage(this Segmentation segmentation)
    {
        ArgumentNullException.ThrowIfNull(segmentation);
        return segmentation.ToColorMap().ToImage();
    }

    /// <summary>The picture with its classes laid over it.</summary>
    /// <param name="segmentation">The result.</param>
    /// <param name="options">How to mix, and whether to add a legend below it; null means the defaults.</param>
    /// <returns>An image, for the caller to dispose.</returns>
    public static Image<Rgb24> ToOverlayImage(this Segmentation segmentation, OverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(segmentation);
        return segmentation.ToOverlay(options).ToImage();
    }
}
