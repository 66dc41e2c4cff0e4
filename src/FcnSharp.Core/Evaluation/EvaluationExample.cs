using FcnSharp.Imaging;

namespace FcnSharp.Evaluation;

/// <summary>An example picture for the report, with its true and predicted labels; all three have the same size, and large ones are
/// scaled down. Immutable.</summary>
public sealed class EvaluationExample
{
    internal EvaluationExample(EvaluatedPicture score, RgbImage picture, LabelMap truth, LabelMap prediction) =>
        (Score, Picture, Truth, Prediction) = (score, picture, truth, prediction);

    /// <summary>Name and scores of the picture.</summary>
    public EvaluatedPicture Score { get; }

    /// <summary>The photo.</summary>
    public RgbImage Picture { get; }

    /// <summary>The true classes.</summary>
    public LabelMap Truth { get; }

    /// <summary>The predicted classes.</summary>
    public LabelMap Prediction { get; }

    /// <summary>Scales a picture and its labels down so that the longer side has at most <paramref name="longestSide"/> pixels.</summary>
    internal static EvaluationExample Scaled(EvaluatedPicture score, RgbImage picture, LabelMap truth, LabelMap prediction, int longestSide)
    {
        var scale = Math.Min(1, (double)longestSide / Math.Max(picture.Width, picture.Height));
        var width = Math.Max(1, (int)Math.Round(scale * picture.Width));
        var height = Math.Max(1, (int)Math.Round(scale * picture.Height));
        return new EvaluationExample(
            score, picture.Resize(width, height), Nearest(truth, width, height), Nearest(prediction, width, height));
    }

    /// <summary>Nearest-neighbour scaling: ids cannot be interpolated.</summary>
    private static LabelMap Nearest(LabelMap map, int width, int height)
    {
        var labels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            var row = map.Labels.Span.Slice(Center(y, map.Height, height) * map.Width, map.Width);
            for (var x = 0; x < width; x++)
            {
                labels[(y * width) + x] = row[Center(x, map.Width, width)];
            }
        }

        return new LabelMap(labels, width, height);
    }

    /// <summary>The cell of a longer side at the centre of cell <paramref name="i"/> of a shorter one.</summary>
    private static int Center(int i, int side, int shorterSide) => (int)(((2L * i) + 1) * side / (2L * shorterSide));
}
