using System.Collections.Immutable;

namespace FcnSharp.Imaging;

/// <summary>Traces the outlines of a label map's regions along the corners of their pixels.</summary>
internal sealed class OutlineTracer
{
    private readonly LabelMap map;
    private readonly RegionOptions options;

    /// <summary>The region of each pixel, identified by the index of the region's first pixel; -1 for ignored pixels.</summary>
    private readonly int[] regions;

    /// <summary>Pixels whose upper edge has been traced.</summary>
    private readonly bool[] walked;

    private OutlineTracer(LabelMap map, RegionOptions options)
    {
        (this.map, this.options) = (map, options);
        regions = new int[map.Labels.Length];
        walked = new bool[map.Labels.Length];
    }

    /// <returns>The outlines in the order of <see cref="RegionFinder"/>: largest first, then from the top, then from the left.</returns>
    public static IReadOnlyList<RegionOutline> Find(LabelMap map, RegionOptions options)
    {
        var tracer = new OutlineTracer(map, options);
        tracer.FillRegions();
        return tracer.Trace();
    }

    /// <summary>Flood-fills each region from its first pixel.</summary>
    private void FillRegions()
    {
        Array.Fill(regions, -1);
        var labels = map.Labels.Span;
        var open = new Stack<int>();
        for (var first = 0; first < labels.Length; first++)
        {
            if (regions[first] >= 0 || labels[first] == options.IgnoreId)
            {
                continue;
            }

            regions[first] = first;
            open.Push(first);
            while (open.TryPop(out var at))
            {
                var (y, x) = Math.DivRem(at, map.Width);
                for (var ny = Math.Max(0, y - 1); ny <= Math.Min(map.Height - 1, y + 1); ny++)
                {
                    for (var nx = Math.Max(0, x - 1); nx <= Math.Min(map.Width - 1, x + 1); nx++)
                    {
                        var next = (ny * map.Width) + nx;
                        var touches = options.Connectivity == Connectivity.Eight || nx == x || ny == y;
                        if (touches && regions[next] < 0 && labels[next] == labels[first])
                        {
                            regions[next] = first;
                            open.Push(next);
                        }
                    }
                }
            }
        }
    }

    private List<RegionOutline> Trace()
    {
        var rings = new Dictionary<int, List<ImmutableArray<PixelCorner>>>();
        var pixels = new Dictionary<int, (long Count, int Right, int Bottom, int Left)>();
        for (var at = 0; at < regions.Length; at++)
        {
            var region = regions[at];
            if (region < 0)
            {
                continue;
            }

            var (y, x) = Math.DivRem(at, map.Width);
            var (count, right, bottom, left) = pixels.GetValueOrDefault(region, (0, 0, 0, int.MaxValue));
            pixels[region] = (count + 1, Math.Max(right, x), Math.Max(bottom, y), Math.Min(left, x));
            if (!walked[at] && RegionAt(x, y - 1) != region)
            {
                if (!rings.TryGetValue(region, out var ofRegion))
                {
                    rings[region] = ofRegion = [];
                }

                ofRegion.Add(Ring(x, y, region));
            }
        }

        var outlines = rings.Where(pair => pixels[pair.Key].Count >= options.MinPixels).Select(pair => Outline(pair.Key, pair.Value));
        return
        [
            .. outlines.OrderByDescending(outline => outline.Region.PixelCount).ThenBy(outline => outline.Region.Box.Y)
                .ThenBy(outline => outline.Region.Box.X).ThenBy(outline => outline.Region.ClassId)
                .ThenBy(outline => outline.Region.Box.Height).ThenBy(outline => outline.Region.Box.Width),
        ];

        RegionOutline Outline(int region, List<ImmutableArray<PixelCorner>> ofRegion)
        {
            // The first ring starts at the region's first pixel, which is on the outer border.
            var (count, right, bottom, left) = pixels[region];
            var top = region / map.Width;
            var box = new PixelBox(left, top, right - left + 1, bottom - top + 1);
            return new RegionOutline(new Region(map.Labels.Span[region], count, box), ofRegion[0], [.. ofRegion.Skip(1)], map);
        }
    }

    /// <summary>Traces the ring that starts along the upper edge of a pixel, to the right, with the region on its right-hand
    /// side.</summary>
    private ImmutableArray<PixelCorner> Ring(int startX, int startY, int region)
    {
        var ring = ImmutableArray.CreateBuilder<PixelCorner>();
        var (x, y, dx, dy) = (startX, startY, 1, 0);
        do
        {
            if (dx == 1)
            {
                walked[(y * map.Width) + x] = true;
            }

            (x, y) = (x + dx, y + dy);

            // The two pixels ahead: on the side of the region, and on the other side.
            var near = Ahead(dx, dy, onRight: true);
            var far = Ahead(dx, dy, onRight: false);
            var goesLeft = near ? far : far && options.Connectivity == Connectivity.Eight;
            if (near && !goesLeft)
            {
                continue;
            }

            ring.Add(new PixelCorner(x, y));
            (dx, dy) = goesLeft ? (dy, -dx) : (-dy, dx);
        }
        while ((x, y, dx, dy) != (startX, startY, 1, 0));

        // The start may be in the middle of an edge, so the ring is closed at its first turn.
        ring.Add(ring[0]);
        return ring.ToImmutable();

        bool Ahead(int dx, int dy, bool onRight)
        {
            // Depending on the direction, the pixel ahead on the right of corner (x, y) is (x, y), or one up, one up and left, or one left.
            var (rightX, rightY) = onRight ? (-dy, dx) : (dy, -dx);
            return RegionAt(x + ((dx + rightX - 1) / 2), y + ((dy + rightY - 1) / 2)) == region;
        }
    }

    private int RegionAt(int x, int y) => x < 0 || y < 0 || x >= map.Width || y >= map.Height ? -1 : regions[(y * map.Width) + x];
}
