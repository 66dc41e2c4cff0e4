using System.Collections.Immutable;
using System.Text;
using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>
/// A mask in COCO's run-length encoding: the lengths of alternating runs of pixels outside and inside, column by column from the top left,
/// starting with outside. Immutable and thread-safe. The compressed text is that of COCO's code (pycocotools, maskApi.c).
/// </summary>
public sealed class RunLengths
{
    private RunLengths(int width, int height, ImmutableArray<int> counts) => (Width, Height, Counts) = (width, height, counts);

    /// <summary>Columns of the mask, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows of the mask, in pixels.</summary>
    public int Height { get; }

    /// <summary>The lengths; they add up to the pixels of the mask. The first length is 0 if the first pixel is inside.</summary>
    public ImmutableArray<int> Counts { get; }

    /// <summary>Number of pixels inside.</summary>
    public long Area => Counts.Where((_, at) => at % 2 == 1).Sum(count => (long)count);

    /// <summary>The mask of one class.</summary>
    /// <param name="labels">The label map.</param>
    /// <param name="classId">The class id, 0 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classId"/> is out of range.</exception>
    public static RunLengths Of(LabelMap labels, int classId)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Guard.InRange(classId, 0, 255, nameof(classId), "Class ids are bytes.");
        var runs = new Runs();
        for (var x = 0; x < labels.Width; x++)
        {
            for (var at = x; at < labels.Labels.Length; at += labels.Width)
            {
                runs.Add(labels.Labels.Span[at] == classId, 1);
            }
        }

        return new RunLengths(labels.Width, labels.Height, runs.ToCounts());
    }

    /// <summary>COCO's compressed text: five bits per character; from the fourth length on, the difference to the length two
    /// before.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Counts.Length; i++)
        {
            var rest = i > 2 ? Counts[i] - Counts[i - 2] : Counts[i];
            bool more;
            do
            {
                var bits = rest & 0x1F;
                rest >>= 5;
                more = (bits & 0x10) != 0 ? rest != -1 : rest != 0;
                text.Append((char)((more ? bits | 0x20 : bits) + '0'));
            }
            while (more);
        }

        return text.ToString();
    }

    /// <summary>The mask of the pixels within rings of corners: in each column, every horizontal edge of a ring switches between outside
    /// and inside.</summary>
    internal static RunLengths Within(int width, int height, ImmutableArray<ImmutableArray<PixelCorner>> rings)
    {
        var edges = new List<int>?[width];
        foreach (var ring in rings)
        {
            for (var i = 1; i < ring.Length; i++)
            {
                var (from, to) = (Math.Min(ring[i - 1].X, ring[i].X), Math.Max(ring[i - 1].X, ring[i].X));
                for (var x = from; x < to; x++)
                {
                    (edges[x] ??= []).Add(ring[i].Y);
                }
            }
        }

        var runs = new Runs();
        foreach (var column in edges)
        {
            var (inside, y) = (false, 0);
            column?.Sort();
            foreach (var edge in column ?? [])
            {
                runs.Add(inside, edge - y);
                (inside, y) = (!inside, edge);
            }

            runs.Add(false, height - y);
        }

        return new RunLengths(width, height, runs.ToCounts());
    }

    /// <summary>Collects run lengths.</summary>
    private sealed class Runs
    {
        private readonly ImmutableArray<int>.Builder counts = ImmutableArray.CreateBuilder<int>();
        private bool isInside;
        private int length;

        public void Add(bool inside, int pixels)
        {
            if (pixels > 0 && inside != isInside)
            {
                counts.Add(length);
                (isInside, length) = (inside, 0);
            }

            length += pixels;
        }

        public ImmutableArray<int> ToCounts()
        {
            counts.Add(length);
            return counts.ToImmutable();
        }
    }
}
