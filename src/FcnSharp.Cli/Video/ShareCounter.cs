using System.Globalization;
using FcnSharp.Imaging;

namespace FcnSharp.Cli.Video;

/// <summary>Counts the share of the pixels that each class covers, frame by frame as CSV and over all frames.</summary>
/// <param name="classes">The classes.</param>
/// <param name="rate">The frame rate, for the times in the table.</param>
/// <param name="table">Gets a line for every frame that the network computes; null for no table.</param>
internal sealed class ShareCounter(ClassList classes, FrameRate rate, TextWriter? table)
{
    private readonly long[] pixels = new long[classes.Count];
    private LabelMap? last;

    /// <summary>How many frames the network has computed.</summary>
    public int Computed { get; private set; }

    /// <summary>The share of all labelled pixels that a class covers, 0 to 1.</summary>
    public double ShareOf(int classId) => pixels.Sum() is > 0 and var all ? (double)pixels[classId] / all : 0;

    /// <summary>Counts a frame, unless it has the labels object of the previous one: the network has not computed it.</summary>
    /// <param name="frame">The number of the frame, from 0.</param>
    /// <param name="labels">The labels of the frame.</param>
    public void Add(int frame, LabelMap labels)
    {
        if (ReferenceEquals(labels, last))
        {
            return;
        }

        last = labels;
        var counts = labels.CountPixels().AsSpan(0, classes.Count);
        for (var id = 0; id < counts.Length; id++)
        {
            pixels[id] += counts[id];
        }

        if (table is not null)
        {
            WriteLine(frame, counts);
        }

        Computed++;
    }

    private void WriteLine(int frame, ReadOnlySpan<long> counts)
    {
        if (Computed == 0)
        {
            table!.Write($"frame,seconds,{string.Join(',', classes.Select(info => Field(info.Name)))}\n");
        }

        var all = 0L;
        foreach (var count in counts)
        {
            all += count;
        }

        table!.Write(string.Create(CultureInfo.InvariantCulture, $"{frame},{frame / rate.PerSecond:F3}"));
        foreach (var count in counts)
        {
            table.Write(string.Create(CultureInfo.InvariantCulture, $",{(all == 0 ? 0 : (double)count / all):F5}"));
        }

        table.Write('\n');
    }

    /// <summary>A field by RFC 4180: quoted if it has a comma or a quote.</summary>
    private static string Field(string name) =>
        name.AsSpan().ContainsAny(',', '"') ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
