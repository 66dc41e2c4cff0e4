using System.Globalization;
using FcnSharp.Imaging;

namespace FcnSharp.Cli.Video;

/// <summary>Which part of the frames each class covers: over time as CSV, where that is asked for, and of all in the end.</summary>
/// <param name="classes">Names of the classes.</param>
/// <param name="rate">Tells the times of frames.</param>
/// <param name="table">Gets a line for every frame that the network sees; null for no table.</param>
internal sealed class ShareCounter(ClassList classes, FrameRate rate, TextWriter? table)
{
    private readonly long[] pixels = new long[classes.Count];
    private LabelMap? last;

    /// <summary>Frames that the network saw.</summary>
    public int Seen { get; private set; }

    /// <summary>The part of all labelled pixels that a class has, 0 to 1.</summary>
    public double ShareOf(int classId) => pixels.Sum() is > 0 and var all ? (double)pixels[classId] / all : 0;

    /// <summary>Counts a frame, unless it has the labels of the one before because the network did not see it.</summary>
    /// <param name="frame">Its number, from 0.</param>
    /// <param name="labels">Its classes.</param>
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

    /// <summary>RFC 4180: quoted where it has a comma or a quote.</summary>
    private static string Field(string name) =>
        name.AsSpan().ContainsAny(',', '"') ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
