using System.IO.Hashing;
using System.Text;
using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.Training.Reports;

/// <summary>A sample prediction for inspection: the photo, its true classes and the predicted classes, side by side.</summary>
/// <param name="Name">The picture's name, valid as a file name.</param>
/// <param name="Png">The bytes of a PNG file.</param>
/// <param name="Width">Columns of the PNG.</param>
/// <param name="Height">Rows of the PNG.</param>
internal sealed record SamplePrediction(string Name, byte[] Png, int Width, int Height)
{
    private const int LongestSide = 480;

    /// <summary>In characters; their UTF-8 bytes fit a file name on every system.</summary>
    private const int LongestName = 60;

    public static SamplePrediction Of(FcnPredictor predictor, ISegmentationDataset dataset, int index, CancellationToken cancellationToken)
    {
        var sample = dataset.Load(index);
        var palette = dataset.Classes.Palette;
        var found = predictor.Segment(sample.Picture, cancellationToken).Labels;
        var row = Row([Small(sample.Picture), Small(sample.Labels.ToColors(palette)), Small(found.ToColors(palette))]);

        using var png = new MemoryStream();
        row.Write(png, ImageFormat.Png);
        return new SamplePrediction(FileName(sample.Name), png.ToArray(), row.Width, row.Height);
    }

    /// <summary>Selects pictures evenly from a data set.</summary>
    public static IEnumerable<int> Choose(int count, int wanted)
    {
        var chosen = Math.Min(count, wanted);
        return Enumerable.Range(0, chosen).Select(i => (int)(((2L * i) + 1) * count / (2 * chosen)));
    }

    private static RgbImage Small(RgbImage picture)
    {
        var scale = Math.Min(1, (double)LongestSide / Math.Max(picture.Width, picture.Height));
        return picture.Resize(Math.Max(1, (int)(scale * picture.Width)), Math.Max(1, (int)(scale * picture.Height)));
    }

    /// <summary>Joins pictures of one size side by side.</summary>
    private static RgbImage Row(RgbImage[] pictures)
    {
        var (width, height) = (3 * pictures[0].Width, pictures[0].Height);
        var pixels = new byte[pictures.Length * width * height];
        for (var i = 0; i < pictures.Length; i++)
        {
            for (var y = 0; y < height; y++)
            {
                pictures[i].Pixels.Span.Slice(y * width, width).CopyTo(pixels.AsSpan(((y * pictures.Length) + i) * width));
            }
        }

        return new RgbImage(pixels, pictures.Length * pictures[0].Width, height);
    }

    /// <summary>
    /// The name with underscores for characters that are not allowed in file names. A hash makes changed names unique.
    /// </summary>
    internal static string FileName(string name)
    {
        var fit = string.Concat(
            name.Take(LongestName).Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_'));
        return fit == name ? name : $"{fit}-{XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(name)):x8}";
    }
}
