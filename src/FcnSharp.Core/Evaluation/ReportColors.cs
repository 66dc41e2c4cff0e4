using FcnSharp.Imaging;

namespace FcnSharp.Evaluation;

/// <summary>The colours of class maps in a report: those of the classes, and one that no class has for ignored pixels.</summary>
internal sealed class ReportColors
{
    private static readonly RgbColor[] Candidates = [new(0, 0, 0), new(255, 255, 255), new(96, 96, 96), new(160, 160, 160)];

    public ReportColors(ClassList classes, int ignoreId)
    {
        Ignored = Candidates.FirstOrDefault(color => !classes.Palette.Contains(color));
        var colors = new RgbColor[256];
        for (var id = 0; id < colors.Length; id++)
        {
            colors[id] = id == ignoreId || id >= classes.Count ? Ignored : classes[id].Color;
        }

        Palette = new Palette(colors);
    }

    /// <summary>Of all 256 ids.</summary>
    public Palette Palette { get; }

    public RgbColor Ignored { get; }
}
