using FcnSharp.Data;
using FcnSharp.Imaging;

namespace FcnSharp.Torch.Tests.Training.Support;

/// <summary>Pictures drawn from a seed, with three classes of different colours: sky above, road below, a box between them.</summary>
internal sealed class PaintedStreets(int count, int side = 32, string name = "painted streets") : ISegmentationDataset
{
    public string Name => name;

    public ClassList Classes { get; init; } = new(["sky", "road", "box"]);

    public int IgnoreId => 255;

    /// <summary>Called whenever a picture is read.</summary>
    public Action Loading { get; init; } = () => { };

    public int Count => count;

    public string NameOf(int index) => FormattableString.Invariant($"street-{index}");

    public SegmentationSample Load(int index)
    {
        Loading();
        var random = new Random(index);
        var horizon = random.Next(side / 4, side / 2);
        var (left, top) = (random.Next(side / 2), random.Next(side / 2));
        var (pixels, labels) = (new byte[3 * side * side], new byte[side * side]);
        for (var i = 0; i < labels.Length; i++)
        {
            var (x, y) = (i % side, i / side);
            labels[i] = (byte)(x >= left && x < left + (side / 3) && y >= top && y < top + (side / 3) ? 2 : y < horizon ? 0 : 1);
            for (var channel = 0; channel < 3; channel++)
            {
                pixels[(3 * i) + channel] = (byte)((labels[i] == 2 - channel ? 160 : 60) + random.Next(60));
            }
        }

        return new SegmentationSample(NameOf(index), new RgbImage(pixels, side, side), new LabelMap(labels, side, side));
    }
}
