using System.IO.Compression;
using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Engine;

/// <summary>
/// Labels that the engine gave before it compiled graphs: of a photo and of ten pictures from 1x1 to 1031x517 pixels, by every variant and
/// layout. A label may differ only where rounding decides: where the two best scores are equal to a hundred-thousandth of the largest.
/// </summary>
public class RecordedLabelsTests
{
    private const double Tie = 1e-5;

    private static readonly (int Width, int Height)[] Sizes =
        [(1, 1), (3, 2), (33, 31), (64, 64), (75, 100), (131, 97), (257, 255), (320, 240), (7, 513), (1031, 517)];

    public static TheoryData<string, FcnVariant, FcnLayout, bool> Networks => new()
    {
        { "compact-fcn8s", FcnVariant.Fcn8s, FcnLayout.Compact, false },
        { "compact-fcn16s", FcnVariant.Fcn16s, FcnLayout.Compact, false },
        { "compact-fcn32s", FcnVariant.Fcn32s, FcnLayout.Compact, false },
        { "paper-fcn8s", FcnVariant.Fcn8s, FcnLayout.Original, false },
        { "paper-fcn8s-atonce", FcnVariant.Fcn8s, FcnLayout.Original, true },
        { "paper-fcn16s", FcnVariant.Fcn16s, FcnLayout.Original, false },
        { "paper-fcn32s", FcnVariant.Fcn32s, FcnLayout.Original, false },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Classify_ThePhotoAndPicturesOfManySizes_GivesTheRecordedLabels(
        string name, FcnVariant variant, FcnLayout layout, bool atOnce)
    {
        var options = new FcnOptions { Variant = variant, Layout = layout, AtOnce = atOnce, NumClasses = 11, Trunk = Narrow };
        var network = FilledNetwork.Create(options, layout == FcnLayout.Original ? NameMap.Caffe(variant) : null);
        using var engine = new CpuEngine(network.WithCard(new ModelCard { Normalization = Normalization.ImageNet }));
        var recorded = Recorded(name);

        foreach (var picture in Pictures())
        {
            var labels = engine.Classify(picture, new() { Width = picture.Width, Height = picture.Height }).Labels.Labels.ToArray();
            var expected = recorded.AsSpan(0, labels.Length);

            if (!expected.SequenceEqual(labels))
            {
                AssertDiffersInTiesOnly(expected, labels, engine.Score(picture), $"{name} {picture.Width}x{picture.Height}");
            }

            recorded = recorded[labels.Length..];
        }

        Assert.Empty(recorded);
    }

    private static VggTrunkOptions Narrow { get; } =
        new() { Widths = new VggWidths { Stage1 = 16, Stage2 = 32, Stage3 = 64, Stage4 = 128, Stage5 = 128, Head = 256 } };

    private static IEnumerable<RgbImage> Pictures() =>
        Sizes.Select(size => TestPictures.Noise(size.Width, size.Height))
            .Prepend(RgbImage.Load(Path.Combine(AppContext.BaseDirectory, "leuven.jpg")));

    private static byte[] Recorded(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Files", "Labels", name + ".br"));
        using var unpacked = new BrotliStream(file, CompressionMode.Decompress);
        using var labels = new MemoryStream();
        unpacked.CopyTo(labels);
        return labels.ToArray();
    }

    private static void AssertDiffersInTiesOnly(ReadOnlySpan<byte> expected, byte[] actual, ScoreMap scores, string what)
    {
        var largest = scores.Values.Span.ToArray().Max(Math.Abs);
        for (var i = 0; i < actual.Length; i++)
        {
            var (x, y) = (i % scores.Width, i / scores.Width);
            var gap = Math.Abs(scores[expected[i], x, y] - scores[actual[i], x, y]);

            Assert.True(
                gap <= Tie * largest, $"{what}: pixel ({x}, {y}) is {actual[i]}, but was {expected[i]}; their scores differ by {gap}");
        }
    }
}
