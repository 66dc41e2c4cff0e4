using System.Runtime.InteropServices;
using FcnSharp.Support;
using SkiaSharp;

namespace FcnSharp.Imaging;

/// <summary>Writes RGB pictures as PNG, JPEG and WebP.</summary>
internal static class ImageEncoder
{
    /// <summary>Takes a quarter of the time of Skia's defaults; photos get the same size, overlays become a tenth larger.</summary>
    private static readonly SKPngEncoderOptions QuickPng = new(SKPngEncoderFilterFlags.Sub | SKPngEncoderFilterFlags.Up, 2);

    /// <summary>The format for a file name's extension.</summary>
    public static ImageFormat FormatOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PNG" => ImageFormat.Png,
            ".JPG" or ".JPEG" => ImageFormat.Jpeg,
            ".WEBP" => ImageFormat.WebP,
            var ending => throw new ArgumentException(
                $"{path}: the extension \"{ending}\" is not supported for writing. Use .png, .jpg, .jpeg or .webp.", nameof(path)),
        };
    }

    /// <summary>Refuses pictures and qualities that cannot be written, before the file is opened.</summary>
    public static void Check(RgbImage image, ImageFormat format, int quality)
    {
        Guard.InRange(quality, 1, 100, nameof(quality), "90 is a good compromise.");
        var limit = format switch
        {
            ImageFormat.Png => 1_000_000, // the limit of libpng, which prints a warning before it fails
            ImageFormat.Jpeg => 65_500, // the limit of libjpeg, 35 below that of the format
            ImageFormat.WebP => 16_383,
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, $"Expected Png, Jpeg or WebP, but got {format}."),
        };
        if (image.Width > limit || image.Height > limit)
        {
            throw new ArgumentException(Guard.Text(
                $"{format} allows at most {limit} pixels per side, but the picture is {image.Width}x{image.Height}. ") +
                (format == ImageFormat.Png ? "Resize it first." : "Write a PNG, or resize it first."),
                nameof(format));
        }
    }

    public static unsafe void Write(RgbImage image, Stream stream, ImageFormat format, int quality)
    {
        var info = new SKImageInfo(image.Width, image.Height, SKColorType.Rgb888x, SKAlphaType.Opaque);
        var pixels = (byte*)NativeMemory.Alloc((nuint)info.BytesSize64);
        try
        {
            Widen(image.Pixels.Span, pixels);
            using var pixmap = new SKPixmap(info, (nint)pixels);

            // Encodes to memory first: an exception of the caller's stream must not cross native frames.
            using var data = Encode(pixmap, format, quality)
                ?? throw new IOException(Guard.Text(
                    $"A {image.Width}x{image.Height} picture could not be encoded as {format}. Try another format."));
            stream.Write(data.AsSpan());
        }
        finally
        {
            NativeMemory.Free(pixels);
        }
    }

    private static unsafe void Widen(ReadOnlySpan<byte> rgb, byte* rgbx)
    {
        for (var i = 0; i + 2 < rgb.Length; i += 3, rgbx += 4)
        {
            rgbx[0] = rgb[i];
            rgbx[1] = rgb[i + 1];
            rgbx[2] = rgb[i + 2];
            rgbx[3] = 255;
        }
    }

    private static SKData? Encode(SKPixmap pixmap, ImageFormat format, int quality) => format switch
    {
        ImageFormat.Png => pixmap.Encode(QuickPng),
        ImageFormat.Jpeg => pixmap.Encode(SKEncodedImageFormat.Jpeg, quality),
        _ => pixmap.Encode(SKEncodedImageFormat.Webp, quality),
    };
}
