using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Tests.Support;

/// <summary>An engine whose label of a pixel is the red value, so that tests can draw its result.</summary>
internal sealed class RedEngine(int classes) : IFcnEngine
{
    public int NumClasses => classes;

    public ModelCard Card { get; } = new() { Name = "red" };

    public string Description => "red values";

    /// <summary>A picture in which this engine finds the given classes.</summary>
    public static RgbImage Draw(LabelMap labels)
    {
        var pixels = new byte[3 * labels.Labels.Length];
        for (var i = 0; i < labels.Labels.Length; i++)
        {
            pixels[3 * i] = labels.Labels.Span[i];
        }

        return new RgbImage(pixels, labels.Width, labels.Height);
    }

    public ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default)
    {
        var cells = picture.Width * picture.Height;
        var scores = new float[NumClasses * cells];
        for (var i = 0; i < cells; i++)
        {
            scores[(picture.Pixels.Span[3 * i] * cells) + i] = 10;
        }

        return new ScoreMap(scores, NumClasses, picture.Width, picture.Height);
    }

    public void Dispose()
    {
    }
}
