namespace FcnSharp.Imaging;

/// <summary>
/// Finds connected pixels by joining runs of equal ids, row by row. Only the parts that reach the current row are kept in memory,
/// so that memory grows with the width and the result, not with the number of pixels.
/// </summary>
internal sealed class RegionFinder
{
    private readonly RegionOptions options;
    private readonly int reach;
    private readonly List<Region> found = [];

    // The parts of the row above come first, each its own root; the runs of the current row follow.
    private readonly Part[] parts;
    private readonly int[] parents;
    private readonly int[] moved;
    private Run[] above;
    private Run[] current;

    private RegionFinder(int width, RegionOptions options)
    {
        this.options = options;
        reach = options.Connectivity == Connectivity.Eight ? 1 : 0;
        parts = new Part[2 * width];
        parents = new int[2 * width];
        moved = new int[2 * width];
        above = new Run[width];
        current = new Run[width];
    }

    /// <returns>The regions, largest first, then from the top, then from the left.</returns>
    public static IReadOnlyList<Region> Find(LabelMap labels, RegionOptions options)
    {
        var finder = new RegionFinder(labels.Width, options);
        finder.Scan(labels);
        finder.found.Sort(LargestFirst);
        return finder.found.AsReadOnly();
    }

    private void Scan(LabelMap labels)
    {
        var (runsAbove, partsAbove) = (0, 0);
        for (var y = 0; y < labels.Height; y++)
        {
            var runs = ReadRuns(labels.Labels.Span.Slice(y * labels.Width, labels.Width), y, partsAbove);
            JoinRows(above.AsSpan(0, runsAbove), current.AsSpan(0, runs));
            partsAbove = Advance(partsAbove, current.AsSpan(0, runs));
            (above, current, runsAbove) = (current, above, runs);
        }

        Advance(partsAbove, []);
    }

    /// <summary>Splits a row into runs of equal ids, each a new part after the parts of the row above.</summary>
    private int ReadRuns(ReadOnlySpan<byte> row, int y, int partsAbove)
    {
        var runs = 0;
        for (var start = 0; start < row.Length;)
        {
            var id = row[start];
            var length = row[start..].IndexOfAnyExcept(id);
            var end = length < 0 ? row.Length : start + length;
            if (id != options.IgnoreId)
            {
                var part = partsAbove + runs;
                current[runs++] = new Run(id, start, end, part);
                parts[part] = new Part(id, end - start, start, y, end - 1, y);
                parents[part] = part;
            }

            start = end;
        }

        return runs;
    }

    /// <summary>Joins each run with the adjacent runs of the same id in the row above.</summary>
    private void JoinRows(ReadOnlySpan<Run> upper, ReadOnlySpan<Run> lower)
    {
        var first = 0;
        foreach (var run in lower)
        {
            while (first < upper.Length && upper[first].End + reach <= run.Start)
            {
                first++;
            }

            for (var i = first; i < upper.Length && upper[i].Start < run.End + reach; i++)
            {
                if (upper[i].Id == run.Id)
                {
                    Join(upper[i].Part, run.Part);
                }
            }
        }
    }

    private void Join(int one, int other)
    {
        var (root, child) = (Root(one), Root(other));
        if (root == child)
        {
            return;
        }

        (root, child) = root < child ? (root, child) : (child, root);
        parents[child] = root;
        parts[root] = parts[root].With(parts[child]);
    }

    private int Root(int part)
    {
        while (parents[part] != part)
        {
            part = parents[part] = parents[parents[part]];
        }

        return part;
    }

    /// <summary>Reports the parts that end above this row and moves the others to the front.</summary>
    /// <returns>Number of parts that continue.</returns>
    private int Advance(int partsAbove, Span<Run> runs)
    {
        moved.AsSpan(0, partsAbove + runs.Length).Fill(-1);
        foreach (ref var run in runs)
        {
            run = run with { Part = Root(run.Part) };
            moved[run.Part] = 0;
        }

        var kept = 0;
        for (var part = 0; part < partsAbove + runs.Length; part++)
        {
            if (moved[part] == 0)
            {
                parts[kept] = parts[part];
                moved[part] = kept++;
            }
            else if (parents[part] == part)
            {
                Report(parts[part]);
            }
        }

        foreach (ref var run in runs)
        {
            run = run with { Part = moved[run.Part] };
        }

        for (var part = 0; part < kept; part++)
        {
            parents[part] = part;
        }

        return kept;
    }

    private void Report(Part part)
    {
        if (part.Pixels >= options.MinPixels)
        {
            found.Add(new Region(
                part.Id, part.Pixels, new PixelBox(part.Left, part.Top, part.Right - part.Left + 1, part.Bottom - part.Top + 1)));
        }
    }

    private static int LargestFirst(Region one, Region other) =>
        (-one.PixelCount, one.Box.Y, one.Box.X, one.ClassId, one.Box.Height, one.Box.Width).CompareTo(
            (-other.PixelCount, other.Box.Y, other.Box.X, other.ClassId, other.Box.Height, other.Box.Width));

    private readonly record struct Run(byte Id, int Start, int End, int Part);

    private readonly record struct Part(byte Id, long Pixels, int Left, int Top, int Right, int Bottom)
    {
        public Part With(Part other) => new(
            Id, Pixels + other.Pixels, Math.Min(Left, other.Left), Math.Min(Top, other.Top),
            Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
    }
}
