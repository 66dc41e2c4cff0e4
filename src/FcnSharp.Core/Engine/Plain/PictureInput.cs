using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Engine.Plain;

/// <summary>Turns a picture's bytes into a network's input: normalised, then zero-padded right and bottom.</summary>
internal sealed class PictureInput
{
    private const int ByteValues = 256;

    private readonly float[][] channelTables;
    private readonly int sizeMultiple;

    /// <param name="normalization">Applied to every byte; tabulated, since a byte has 256 values.</param>
    /// <param name="sizeMultiple">Height and width of the input are rounded up to this.</param>
    public PictureInput(Normalization normalization, int sizeMultiple)
    {
        var (mean, deviation) = (normalization.Mean, normalization.Deviation);
        channelTables = [Table(mean.R, deviation.R), Table(mean.G, deviation.G), Table(mean.B, deviation.B)];
        this.sizeMultiple = sizeMultiple;
    }

    /// <summary>The input for a picture, (H, W, 3) with H and W rounded up.</summary>
    public FeatureMap From(RgbImage picture)
    {
        var input = Blank(picture.Height, picture.Width);
        var pixels = picture.Pixels.Span;
        for (var y = 0; y < picture.Height; y++)
        {
            var row = input.Row(y);
            var bytes = pixels.Slice(3 * y * picture.Width, 3 * picture.Width);
            for (var i = 0; i < bytes.Length; i += 3)
            {
                row[i] = channelTables[0][bytes[i]];
                row[i + 1] = channelTables[1][bytes[i + 1]];
                row[i + 2] = channelTables[2][bytes[i + 2]];
            }
        }

        return input;
    }

    /// <summary>The input for values that are normalised already, (3, height, width).</summary>
    public FeatureMap From(ReadOnlySpan<float> values, int height, int width)
    {
        var input = Blank(height, width);
        for (var y = 0; y < height; y++)
        {
            var row = input.Row(y);
            for (var x = 0; x < width; x++)
            {
                for (var channel = 0; channel < 3; channel++)
                {
                    row[(3 * x) + channel] = values[(((channel * height) + y) * width) + x];
                }
            }
        }

        return input;
    }

    private static float[] Table(float mean, float deviation)
    {
        var table = new float[ByteValues];
        for (var value = 0; value < ByteValues; value++)
        {
            table[value] = ((value / 255f) - mean) / deviation;
        }

        return table;
    }

    private FeatureMap Blank(int height, int width)
    {
        var input = new FeatureMap(RoundUp(height), RoundUp(width), channels: 3);
        input.Values.Clear();
        return input;
    }

    private int RoundUp(int size) => (size + sizeMultiple - 1) / sizeMultiple * sizeMultiple;
}
