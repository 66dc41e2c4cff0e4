using System.Collections.Immutable;
using System.Text;
using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>
/// A mask as COCO writes it: the lengths of runs of pixels outside and inside in turn, column by column from the top left, beginning with
/// outside. Immutable and thread-safe. The compressed text is that of COCO's own code (pycocotools, maskApi.c).
/// </summary>
public sealed class RunLengths
{
    private RunLengths(int width, int height, ImmutableArray<int> counts) => (Width, Height, Counts) = (width, height, counts);

    /// <summary>Columns of the mask, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows of the mask, in pixels.</summary>
    public int Height { get; }

    /// <summary>The lengths; they add up to the pixels of the mask. The first is 0 where the first pixel is inside.</summary>
    public ImmutableArray<int> Counts { get; }

    /// <summary>Pixels inside.</summary>
    public long Area => Counts.Where((_, at) => at % 2 == 1).Sum(count => (long)count);

    /// <summary>The pixels of one class.</summary>
    /// <param name="labels">The map.</param>
    /// <param name="classId">0 to 255.</param>
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

    /// <summary>COCO's compressed text: five bits a letter, from the third length on the difference to the last but one.</summary>
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

    /// <summary>What lies within rings of corners: inside begins below an edge that goes to the right, and ends above one that goes to the
    /// left.</summary>
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

    /// <summary>Lengths being put together.</summary>
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
