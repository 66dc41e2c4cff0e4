using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>Converts the colours of a mask to class ids.</summary>
internal sealed class MaskColors
{
    private readonly Dictionary<RgbColor, byte> ids = [];

    /// <exception cref="ArgumentException">Two ids have the same colour.</exception>
    public MaskColors(Palette palette)
    {
        for (var id = 0; id < palette.Count; id++)
        {
            if (!ids.TryAdd(palette[id], (byte)id))
            {
                throw new ArgumentException(
                    Guard.Text($"Ids {ids[palette[id]]} and {id} of the palette have the same colour, {palette[id]}, " +
                        $"so masks cannot be decoded. Give every id a unique colour."),
                    nameof(palette));
            }
        }
    }

    /// <summary>Decodes a mask.</summary>
    /// <exception cref="DatasetException">A pixel has a colour that is not in the palette.</exception>
    public LabelMap ToLabels(RgbImage mask, string path)
    {
        var pixels = mask.Pixels.Span;
        var labels = new byte[mask.Width * mask.Height];
        var (known, knownId) = (default(RgbColor?), (byte)0);
        for (var i = 0; i < labels.Length; i++)
        {
            var color = new RgbColor(pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]);
            if (color != known)
            {
                if (!ids.TryGetValue(color, out knownId))
                {
                    throw new DatasetException(
                        DatasetFault.UnknownColor,
                        path,
                        Guard.Text($"pixel ({i % mask.Width}, {i / mask.Width}) is {color}, " +
                            $"which is not one of the {ids.Count} colours of the palette."),
                        "Add the colour to the palette, or save the mask losslessly as PNG, without antialiasing.");
                }

                known = color;
            }

            labels[i] = knownId;
        }

        return new LabelMap(labels, mask.Width, mask.Height);
    }
}
