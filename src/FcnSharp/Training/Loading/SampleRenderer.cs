using FcnSharp.Data;
using FcnSharp.Networks;

namespace FcnSharp.Training.Loading;

/// <summary>Writes a sample into a batch: augmented, cropped, normalised and padded, in a single pass.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SampleRenderer(Normalization normalization, byte ignoreId)
{
    private readonly ChannelTables normalized = ChannelTables.Of(normalization);

    /// <param name="sample">Picture and labels.</param>
    /// <param name="augmentation">The parameters of the augmentation.</param>
    /// <param name="window">Size of the window, at most that of the place; the rest of the place becomes padding.</param>
    /// <param name="place">The buffers to write to, from the top left.</param>
    public void Render(SegmentationSample sample, Augmentation augmentation, (int Width, int Height) window, BatchPlace place)
    {
        var (picture, labels) = (sample.Picture, sample.Labels);
        var map = new WindowMap(augmentation, picture.Width, picture.Height, window.Width, window.Height);
        using var reduced = new ReducedPicture(picture, augmentation.Scale);
        var meanGrey = augmentation.Contrast == 1 ? 0 : ColorTransform.MeanGrey(picture);
        var colors = new ColorTransform(normalization, augmentation, meanGrey);
        var shaded = augmentation.Shadow is { } shadow
            ? new ColorTransform(
                normalization, augmentation with { Brightness = augmentation.Brightness * shadow.Brightness }, meanGrey)
            : colors;

        for (var y = 0; y < place.Height; y++)
        {
            var row = map.Row(y);
            var (from, to) = y < window.Height ? row.Inside(window.Width, picture.Width, picture.Height) : (0, 0);
            Pad(place, y, from, to);
            if (from < to)
            {
                CopyLabels(labels.Labels.Span, labels.Width, row, from, place.Labels(y)[from..to]);
                DrawPixels(reduced, augmentation, row, from, to, place, y);
                if (!(augmentation.KeepsPixels && augmentation.KeepsColors))
                {
                    var (left, right) = augmentation.Shadow?.InRow(y, window) ?? (to, to);
                    Apply(colors, place, y, from, Math.Min(left, to));
                    Apply(shaded, place, y, Math.Max(left, from), Math.Min(right, to));
                    Apply(colors, place, y, Math.Max(right, from), to);
                }
            }
        }
    }

    private void Pad(BatchPlace place, int y, int from, int to)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            place.Pixels(channel, y)[..from].Clear();
            place.Pixels(channel, y)[to..].Clear();
        }

        place.Labels(y)[..from].Fill(ignoreId);
        place.Labels(y)[to..].Fill(ignoreId);
    }

    private static void CopyLabels(ReadOnlySpan<byte> source, int width, SourceRow row, int from, Span<byte> labels)
    {
        var (x, y) = (row.X + (from * row.StepX), row.Y + (from * row.StepY));
        for (var i = 0; i < labels.Length; i++, x += row.StepX, y += row.StepY)
        {
            labels[i] = source[((int)(y >> SourceRow.FractionBits) * width) + (int)(x >> SourceRow.FractionBits)];
        }
    }

    private void DrawPixels(
        ReducedPicture picture, Augmentation augmentation, SourceRow row, int from, int to, BatchPlace place, int y)
    {
        var red = place.Pixels(0, y)[from..to];
        var green = place.Pixels(1, y)[from..to];
        var blue = place.Pixels(2, y)[from..to];
        if (augmentation.KeepsPixels)
        {
            var line = picture.Pixels.Span.Slice(3 * picture.Width * (int)(row.Y >> SourceRow.FractionBits), 3 * picture.Width);
            var first = (int)((row.X + (from * row.StepX)) >> SourceRow.FractionBits);
            var table = augmentation.KeepsColors ? normalized : ChannelTables.Identity;
            table.Copy(line, first, toTheLeft: augmentation.Flip, red, green, blue);
        }
        else
        {
            BilinearSampler.Sample(picture, row.Halved(picture.Halvings), from, red, green, blue);
        }
    }

    private static void Apply(ColorTransform colors, BatchPlace place, int y, int from, int to)
    {
        if (from < to)
        {
            colors.Apply(place.Pixels(0, y)[from..to], place.Pixels(1, y)[from..to], place.Pixels(2, y)[from..to]);
        }
    }
}
