using System.Collections.Immutable;
using System.Text.Json;
using FcnSharp.Imaging;

namespace FcnSharp.Tests.Imaging;

public class RegionOutlineTests
{
    /// <summary>COCO's own code made these (pycocotools).</summary>
    public static TheoryData<int> Fixtures => [.. Enumerable.Range(0, Golden().Length)];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void RunLengths_OfAMask_AreCocos(int index)
    {
        var fixture = Golden()[index];
        var (width, height) = (fixture.GetProperty("width").GetInt32(), fixture.GetProperty("height").GetInt32());
        var labels = new LabelMap(
            fixture.GetProperty("rows").EnumerateArray().SelectMany(row => row.GetString()!.Select(pixel => (byte)(pixel - '0'))).ToArray(),
            width, height);

        var runs = RunLengths.Of(labels, 1);

        Assert.Equal(fixture.GetProperty("counts").EnumerateArray().Select(count => count.GetInt32()), runs.Counts);
        Assert.Equal(fixture.GetProperty("string").GetString(), runs.ToString());
        Assert.Equal(fixture.GetProperty("area").GetInt64(), runs.Area);
    }

    /// <summary>
    /// <code>
    /// . # # .
    /// # . # #
    /// . # # .
    /// </code>
    /// </summary>
    [Fact]
    public void Outline_OfARingThatTouchesAtACorner_HasOneHoleOrIsTwoRegions()
    {
        var map = new LabelMap(new byte[] { 255, 1, 1, 255, 1, 255, 1, 1, 255, 1, 1, 255 }, 4, 3);

        var whole = Assert.Single(map.FindOutlines());
        var apart = map.FindOutlines(new RegionOptions { Connectivity = Connectivity.Four });

        Assert.Equal(
            [new(3, 0), new(3, 1), new(4, 1), new(4, 2), new(3, 2), new(3, 3), new(1, 3), new(1, 2), new(0, 2), new(0, 1), new(1, 1),
                new(1, 0), new(3, 0)],
            whole.Outer);
        Assert.Equal([new PixelCorner(2, 2), new(2, 1), new(1, 1), new(1, 2), new(2, 2)], Assert.Single(whole.Holes));
        Assert.Equal([6L, 1L], apart.Select(outline => outline.Region.PixelCount));
        Assert.All(apart, outline => Assert.Empty(outline.Holes));
    }

    [Theory]
    [InlineData(Connectivity.Four)]
    [InlineData(Connectivity.Eight)]
    public void Outlines_OfRandomMaps_EncloseTheRegionsExactly(Connectivity connectivity)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (width, height) = (random.Next(1, 14), random.Next(1, 14));
            var ids = Enumerable.Range(0, width * height).Select(_ => random.Next(4) is 3 ? (byte)255 : (byte)random.Next(3)).ToArray();
            var map = new LabelMap(ids, width, height);
            var options = new RegionOptions { Connectivity = connectivity, MinPixels = random.Next(1, 4) };

            var outlines = map.FindOutlines(options);

            Assert.Equal(map.FindRegions(options), outlines.Select(outline => outline.Region));
            var covered = new int[width * height];
            foreach (var outline in outlines)
            {
                Assert.Equal(outline.Outer[0], outline.Outer[^1]);
                Assert.True(Area(outline.Outer) > 0);
                Assert.All(outline.Holes, hole => Assert.True(Area(hole) < 0));
                Assert.Equal(outline.Region.PixelCount, Area(outline.Outer) + outline.Holes.Sum(Area));
                Assert.All(outline.Holes.Append(outline.Outer), AssertTurnsAtEveryCorner);

                var runs = outline.ToRunLengths();
                Assert.Equal(width * height, runs.Counts.Sum());
                Assert.Equal(outline.Region.PixelCount, runs.Area);
                Assert.All(Inside(runs), at => Assert.Equal(outline.Region.ClassId, map[at.X, at.Y]));
                foreach (var (x, y) in Inside(runs))
                {
                    covered[(y * width) + x]++;
                }
            }

            Assert.All(covered, times => Assert.InRange(times, 0, 1));
        }
    }

    /// <summary>Twice the signed area, by the shoelace formula, over two: positive for clockwise rings, since y goes down.</summary>
    private static long Area(ImmutableArray<PixelCorner> ring) =>
        ring.Zip(ring.Skip(1), (a, b) => ((long)a.X * b.Y) - ((long)b.X * a.Y)).Sum() / 2;

    private static void AssertTurnsAtEveryCorner(ImmutableArray<PixelCorner> ring)
    {
        for (var i = 1; i < ring.Length; i++)
        {
            var next = ring[i == ring.Length - 1 ? 1 : i + 1];
            Assert.NotEqual(ring[i - 1].X == ring[i].X, ring[i].X == next.X);
        }
    }

    private static IEnumerable<PixelCorner> Inside(RunLengths runs)
    {
        var at = 0;
        for (var i = 0; i < runs.Counts.Length; at += runs.Counts[i++])
        {
            for (var pixel = at; i % 2 == 1 && pixel < at + runs.Counts[i]; pixel++)
            {
                yield return new PixelCorner(pixel / runs.Height, pixel % runs.Height);
            }
        }
    }

    private static JsonElement[] Golden() =>
        [.. JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "rle", "coco-rle.json"))).RootElement
            .EnumerateArray()];
}
