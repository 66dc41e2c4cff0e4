using System.Runtime.InteropServices;
using SkiaSharp;

namespace FcnSharp.Imaging;

/// <summary>Decodes JPEG, PNG, GIF, WebP and BMP files with Skia, and refuses incomplete files.</summary>
internal static class ImageDecoder
{
    /// <summary>The remedy for a file that is truncated or damaged.</summary>
    public const string CopyAgain = "Copy or download it again.";

    /// <summary>Decodes a whole file in memory.</summary>
    /// <exception cref="ImageFileException">See <see cref="RgbImage.Load(string, DecodeOptions?)"/>.</exception>
    public static unsafe RgbImage Decode(ReadOnlySpan<byte> file, DecodeOptions options, string name)
    {
        if (file.IsEmpty)
        {
            throw new ImageFileException(name, "is empty (0 bytes).", CopyAgain);
        }

        if (!StartsLikeAPicture(file))
        {
            throw OtherFormat.Of(file) is { } format
                ? new ImageFileException(
                    name,
                    $"is a picture in the format {format.Name}, which is not supported.",
                    $"Convert it first, for example with ImageMagick: magick photo{format.Ending} photo.jpg")
                : NotAPicture(name);
        }

        fixed (byte* bytes = file)
        {
            // The codec reads the caller's bytes in place.
            using var data = SKData.Create((nint)bytes, file.Length);
            using var stream = new SKMemoryStream(data);
            using var codec = SKCodec.Create(stream, out var result)
                ?? throw (result == SKCodecResult.IncompleteInput ? Ended(name) : NotAPicture(name));
            options.CheckSize(codec.Info.Width, codec.Info.Height, name);
            if (codec.EncodedFormat == SKEncodedImageFormat.Jpeg && !JpegMarkers.HasEnd(file))
            {
                throw Ended(name);
            }

            return Decode(codec, name);
        }
    }

    private static unsafe RgbImage Decode(SKCodec codec, string name)
    {
        // Without a colour space in the request, Skia returns the values as stored.
        var opaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        var request = new SKImageInfo(
            codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);

        var pixels = NativeMemory.Alloc((nuint)request.BytesSize64);
        try
        {
            var result = codec.GetPixels(request, (nint)pixels);
            if (result != SKCodecResult.Success)
            {
                throw Failed(name, result);
            }

            return PixelPacker.Pack(
                new ReadOnlySpan<byte>(pixels, (int)request.BytesSize64),
                PixelWalk.Upright(request.Width, request.Height, request.BytesPerPixel, codec.EncodedOrigin),
                opaque ? PixelLayout.Rgbx : PixelLayout.Rgba);
        }
        finally
        {
            NativeMemory.Free(pixels);
        }
    }

    /// <summary>Whether the file has the signature of a JPEG, PNG, GIF, WebP or BMP. Skia would also try formats that are not supported
    /// here.</summary>
    private static bool StartsLikeAPicture(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) || file.StartsWith(PngWriter.Signature)
        || file.StartsWith("GIF8"u8) || file.StartsWith("RIFF"u8) || file.StartsWith("BM"u8);

    private static ImageFileException Failed(string name, SKCodecResult result) => result switch
    {
        SKCodecResult.IncompleteInput => Ended(name),
        SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput =>
            new ImageFileException(name, "its pixel data is damaged.", CopyAgain),
        _ => new ImageFileException(name, $"cannot be decoded ({result}).", "Convert it to PNG or JPEG first."),
    };

    private static ImageFileException Ended(string name) => new(name, "ends before the picture is complete.", CopyAgain);

    private static ImageFileException NotAPicture(string name) => new(
        name, "is not a picture that can be read.",
        "Use a complete JPEG, PNG, WebP, BMP or GIF; the content determines the format, not the extension.");
}
