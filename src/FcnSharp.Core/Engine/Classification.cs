using FcnSharp.Imaging;

namespace FcnSharp.Engine;

/// <summary>The result of an engine, at the requested size.</summary>
/// <param name="Labels">The class with the highest score at every pixel; the lowest id among equals.</param>
/// <param name="Confidence">The highest softmax probability at every pixel, 0 to 255 for 0 to 1; null unless requested.</param>
/// <param name="Probabilities">(NumClasses, Height, Width) softmax probabilities in [0, 1]; null unless requested.</param>
public sealed record Classification(LabelMap Labels, GrayImage? Confidence, ScoreMap? Probabilities)
{
    /// <summary>Replaces the labels of pixels below a minimum confidence by the ignored id.</summary>
    /// <param name="confidence">The confidence at every pixel.</param>
    /// <param name="minimum">The minimum, 0 to 1.</param>
    internal Classification WithoutUnsure(GrayImage confidence, double minimum)
    {
        var least = (byte)Math.Ceiling(minimum * byte.MaxValue);
        var labels = Labels.Labels.ToArray();
        var sure = confidence.Pixels.Span;
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = sure[i] < least ? LabelMap.IgnoreId : labels[i];
        }

        return this with { Labels = new LabelMap(labels, confidence.Width, confidence.Height) };
    }
}
