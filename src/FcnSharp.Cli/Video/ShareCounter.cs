using System.Globalization;
using FcnSharp.Imaging;

namespace FcnSharp.Cli.Video;

/// <summary>Counts the share of each class: over time as CSV, if requested, and over all frames.</summary>
/// <param name="classes">Names of the classes.</param>
/// <param name="rate">The frame rate, for the times of frames.</param>
/// <param name="table">Receives a line for every segmented frame; null for no table.</param>
internal sealed class ShareCounter(ClassList classes, FrameRate rate, TextWriter? table)
{
    private readonly long[] pixels = new long[classes.Count];
    private LabelMap? last;

    /// <summary>Number of frames that were segmented by the network.</summary>
    public int Seen { get; private set; }

    /// <summary>The share of a class in all labelled pixels, 0 to 1.</summary>
    public double ShareOf(int classId) => pixels.Sum() is > 0 and var all ? (double)pixels[classId] / all : 0;

    /// <summary>Counts a frame, unless it has the labels of the previous frame because the network skipped it.</summary>
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

        Seen++;
    }

    private void WriteLine(int frame, ReadOnlySpan<long> counts)
    {
        if (Seen == 0)
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

    /// <summary>Quotes a field that has a comma or a quote (RFC 4180).</summary>
    private static string Field(string name) =>
        name.AsSpan().ContainsAny(',', '"') ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
