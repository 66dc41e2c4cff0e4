using FcnSharp.Data;
using FcnSharp.Imaging;

namespace FcnSharp.Torch.Tests.Training.Support;

/// <summary>Four crops of the sample photo, with the outlines of sky and road drawn by hand; the rest is building.</summary>
internal sealed class LeuvenCrops : ISegmentationDataset
{
    private const int Side = 160;
    private const byte Sky = 0, Building = 1, Road = 2;

    private static readonly (int X, int Y)[] Corners = [(60, 40), (400, 60), (150, 300), (400, 370)];

    // Corners of the outlines, x before y, in pixels of the photo.
    private static readonly int[] SkyOutline =
    [
        50, 0, 103, 28, 118, 18, 131, 40, 207, 160, 221, 165, 224, 300, 252, 305, 258, 265, 268, 262, 295, 232, 366, 165, 388,
        195, 388, 178, 406, 175,
        407, 235, 483, 238, 510, 65, 520, 62, 535, 82, 690, 92, 697, 72, 724, 74, 726, 112, 751, 112, 751, 0,
    ];

    private static readonly int[] RoadOutline =
    [
        0, 563, 0, 460, 155, 430, 118, 420, 120, 408, 218, 408, 218, 374, 258, 378, 380, 407, 425, 407, 425, 430, 485, 442, 545,
        450, 550, 490, 575, 510,
        690, 548, 751, 548, 751, 563,
    ];

    private readonly RgbImage photo = RgbImage.Load(Path.Combine(AppContext.BaseDirectory, "leuven.jpg"));

    public string Name => "Leuven";

    public ClassList Classes { get; } = new(["sky", "building", "road"]);

    public int IgnoreId => 255;

    public int Count => Corners.Length;

    public string NameOf(int index) => FormattableString.Invariant($"crop-{index}");

    public SegmentationSample Load(int index)
    {
        var (pixels, labels) = (new byte[3 * Side * Side], new byte[Side * Side]);
        for (var i = 0; i < labels.Length; i++)
        {
            var (x, y) = (Corners[index].X + (i % Side), Corners[index].Y + (i / Side));
            photo.Pixels.Span.Slice(3 * ((y * photo.Width) + x), 3).CopyTo(pixels.AsSpan(3 * i));
            labels[i] = IsInside(SkyOutline, x, y) ? Sky : IsInside(RoadOutline, x, y) ? Road : Building;
        }

        return new SegmentationSample(NameOf(index), new RgbImage(pixels, Side, Side), new LabelMap(labels, Side, Side));
    }

    /// <summary>Whether a line from the point to the right crosses the outline an odd number of times.</summary>
    private static bool IsInside(int[] outline, int x, int y)
    {
        var inside = false;
        for (int i = 0, before = outline.Length - 2; i < outline.Length; before = i, i += 2)
        {
            var (x1, y1, x2, y2) = (outline[before], outline[before + 1], outline[i], outline[i + 1]);
            inside ^= (y1 > y) != (y2 > y) && x < x1 + ((double)(y - y1) * (x2 - x1) / (y2 - y1));
        }

        return inside;
    }
}
