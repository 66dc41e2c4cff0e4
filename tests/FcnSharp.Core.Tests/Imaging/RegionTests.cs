using CsCheck;
using FcnSharp.Imaging;

namespace FcnSharp.Tests.Imaging;

public class RegionTests
{
    [Fact]
    public void FindRegions_OfDiagonals_DependsOnConnectivity()
    {
        var labels = new LabelMap(new byte[] { 1, 2, 2, 1 }, 2, 2);

        Assert.Equal(
            [new Region(1, 2, new PixelBox(0, 0, 2, 2)), new Region(2, 2, new PixelBox(0, 0, 2, 2))],
            labels.FindRegions());
        Assert.Equal(4, labels.FindRegions(new RegionOptions { Connectivity = Connectivity.Four }).Count);
    }

    [Fact]
    public void FindRegions_OfAU_IsOneRegion()
    {
        var labels = new LabelMap(new byte[] { 1, 0, 1, 1, 0, 1, 1, 1, 1 }, 3, 3);

        Assert.Equal(
            [new Region(1, 7, new PixelBox(0, 0, 3, 3)), new Region(0, 2, new PixelBox(1, 0, 1, 2))],
            labels.FindRegions(new RegionOptions { Connectivity = Connectivity.Four }));
    }

    [Fact]
    public void FindRegions_LeavesOutIgnoredAndSmallOnes()
    {
        var labels = new LabelMap(new byte[] { 255, 255, 3, 0, 0, 0 }, 6, 1);

        Assert.Equal([0, 3], labels.FindRegions().Select(region => region.ClassId));
        Assert.Equal([0], labels.FindRegions(new RegionOptions { MinPixels = 2 }).Select(region => region.ClassId));
        Assert.Equal([255, 3], labels.FindRegions(new RegionOptions { IgnoreId = 0 }).Select(region => region.ClassId));
        Assert.Equal(3, labels.FindRegions(new RegionOptions { IgnoreId = null }).Count);
    }

    [Fact]
    public void FindRegions_OfRandomMaps_MatchesAFloodFill() =>
        Gen.Select(Gen.Int[1, 24], Gen.Int[1, 24], Gen.Int[1, 4], Gen.Bool, Gen.Int[0, 100_000]).Sample((width, height, ids, eight, seed) =>
        {
            var random = new Random(seed);
            byte[] pixels = [.. Enumerable.Range(0, width * height).Select(_ => random.Next(8) == 0 ? (byte)255 : (byte)random.Next(ids))];
            var options = new RegionOptions { Connectivity = eight ? Connectivity.Eight : Connectivity.Four };

            var regions = new LabelMap(pixels, width, height).FindRegions(options);

            Assert.Equal(FloodFill(pixels, width, height, eight), regions);
        });

    [Fact]
    public void FindRegions_OfManyMegapixels_TakesLittleMemory()
    {
        var pixels = new byte[4000 * 4000];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(((i % 4000 / 50) + (i / 4000 / 50)) & 1);
        }

        var labels = new LabelMap(pixels, 4000, 4000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var regions = labels.FindRegions(new RegionOptions { Connectivity = Connectivity.Four });

        Assert.Equal(80 * 80, regions.Count);
        Assert.Equal(new Region(0, 2500, new PixelBox(0, 0, 50, 50)), regions[0]);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000);
    }

    [Fact]
    public void RegionOptions_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegionOptions { MinPixels = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegionOptions { IgnoreId = 256 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegionOptions { Connectivity = (Connectivity)6 });
    }

    private static List<Region> FloodFill(byte[] pixels, int width, int height, bool eight)
    {
        var seen = new bool[pixels.Length];
        var regions = new List<Region>();
        for (var start = 0; start < pixels.Length; start++)
        {
            if (seen[start] || pixels[start] == 255)
            {
                continue;
            }

            var members = new List<(int X, int Y)>();
            var open = new Stack<int>([start]);
            seen[start] = true;
            while (open.TryPop(out var at))
            {
                members.Add((at % width, at / width));
                for (var step = 0; step < 9; step++)
                {
                    var (dx, dy) = ((step % 3) - 1, (step / 3) - 1);
                    var (x, y) = ((at % width) + dx, (at / width) + dy);
                    var next = (y * width) + x;
                    if ((eight || dx == 0 || dy == 0) && x >= 0 && x < width && y >= 0 && y < height
                        && !seen[next] && pixels[next] == pixels[start])
                    {
                        seen[next] = true;
                        open.Push(next);
                    }
                }
            }

            var (left, top) = (members.Min(member => member.X), members.Min(member => member.Y));
            regions.Add(new Region(pixels[start], members.Count, new PixelBox(
                left, top, members.Max(member => member.X) - left + 1, members.Max(member => member.Y) - top + 1)));
        }

        return [.. regions.OrderByDescending(region => region.PixelCount).ThenBy(region => region.Box.Y).ThenBy(region => region.Box.X)
            .ThenBy(region => region.ClassId).ThenBy(region => region.Box.Height).ThenBy(region => region.Box.Width)];
    }
}
