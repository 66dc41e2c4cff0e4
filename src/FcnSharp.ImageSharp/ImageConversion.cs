using FcnSharp.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace FcnSharp.ImageSharp;

/// <summary>Converts ImageSharp's images to and from FcnSharp's pictures.</summary>
/// <remarks>Every method copies the pixels, so that the two are independent. Of an animation, the first frame is used. Pixels are copied as
/// stored: call <c>Mutate(x => x.AutoOrient())</c> first to apply the camera's orientation. Thread-safe, as long as no other thread
/// changes the image.</remarks>
public static class ImageConversion
{
    /// <summary>Copies an image of any pixel format; transparent pixels are blended with white.</summary>
    /// <param name="image">The image. The caller disposes it.</param>
    public static RgbImage ToRgbImage(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        switch (image)
        {
            case Image<Rgb24> rgb:
                return new RgbImage(PixelsOf(rgb), rgb.Width, rgb.Height);
            case Image<Rgba32> rgba:
                return RgbImage.FromRgba(PixelsOf(rgba), rgba.Width, rgba.Height);
            case Image<L8> gray:
                return RgbImage.FromGray(PixelsOf(gray), gray.Width, gray.Height);
            default:
                using (var copy = image.CloneAs<Rgba32>())
                {
                    return copy.ToRgbImage();
                }
        }
    }

    /// <summary>Copies a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <returns>An image of the same size. The caller disposes it.</returns>
    public static Image<Rgb24> ToImage(this RgbImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Image.LoadPixelData<Rgb24>(picture.Pixels.Span, picture.Width, picture.Height);
    }

    /// <summary>Copies a mask or a map of values.</summary>
    /// <param name="map">The map.</param>
    /// <returns>An image of the same size. The caller disposes it.</returns>
    public static Image<L8> ToImage(this GrayImage map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Image.LoadPixelData<L8>(map.Pixels.Span, map.Width, map.Height);
    }

    /// <summary>Copies class ids as grey values: class 3 is grey value 3.</summary>
    /// <param name="labels">The class of each pixel.</param>
    /// <returns>An image of the same size. The caller disposes it.</returns>
    public static Image<L8> ToImage(this LabelMap labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Image.LoadPixelData<L8>(labels.Labels.Span, labels.Width, labels.Height);
    }

    private static byte[] PixelsOf<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var bytes = new byte[checked(image.Width * image.Height * (image.PixelType.BitsPerPixel / 8))];
        image.CopyPixelDataTo(bytes);
        return bytes;
    }
}
