using FcnSharp.Imaging;

namespace FcnSharp.Evaluation;

/// <summary>Shows the errors of a prediction: right pixels are the photo in grey, wrong pixels are orange, ignored pixels are
/// dark.</summary>
internal static class ErrorPicture
{
    /// <summary>The colour of wrong pixels: far from grey for every kind of colour vision (Okabe and Ito's vermilion).</summary>
    public static RgbColor Wrong { get; } = new(213, 94, 0);

    public static RgbColor Ignored { get; } = new(38, 42, 48);

    public static RgbImage Of(EvaluationExample example, int ignoreId)
    {
        var pixels = new byte[example.Picture.Pixels.Length];
        var photo = example.Picture.Pixels.Span;
        var truth = example.Truth.Labels.Span;
        var prediction = example.Prediction.Labels.Span;
        for (var i = 0; i < truth.Length; i++)
        {
            var color = truth[i] == ignoreId ? Ignored : truth[i] != prediction[i] ? Wrong : Gray(photo.Slice(3 * i, 3));
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = (color.R, color.G, color.B);
        }

        return new RgbImage(pixels, example.Picture.Width, example.Picture.Height);
    }

    /// <summary>The luma of a pixel (ITU-R BT.601), mapped to the upper half of the range so that it differs from ignored
    /// pixels.</summary>
    private static RgbColor Gray(ReadOnlySpan<byte> pixel)
    {
        var luma = ((299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2])) / 1000;
        var gray = (byte)(112 + (luma * 9 / 16));
        return new RgbColor(gray, gray, gray);
    }
}
