using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>The findings of <see cref="DatasetDoctor"/>, and statistics of the labels. Immutable.</summary>
public sealed class DatasetReport
{
    internal DatasetReport(ClassList classes, int ignoreId, IReadOnlyCollection<SampleInspection> inspections,
        IReadOnlyList<DatasetFinding> findings)
    {
        (Pictures, IgnoreId, Findings) = (inspections.Count, ignoreId, findings);

        var pixels = new long[256];
        var pictures = new int[256];
        foreach (var counts in inspections.Select(inspection => inspection.Counts).OfType<long[]>())
        {
            for (var id = 0; id < counts.Length; id++)
            {
                pixels[id] += counts[id];
                pictures[id] += counts[id] > 0 ? 1 : 0;
            }
        }

        var total = pixels.Sum();
        var labelled = Enumerable.Range(0, classes.Count).Where(id => id != ignoreId).Sum(id => pixels[id]);
        Classes = [.. classes.Select((info, id) => Frequency(id, info))];
        IgnoredPixels = pixels[ignoreId];
        IgnoredShare = total == 0 ? 0 : (double)IgnoredPixels / total;
        SuggestedIgnoreId = SuggestIgnoreId(pixels, classes.Count, ignoreId);

        ClassFrequency Frequency(int id, ClassInfo info)
        {
            var share = labelled == 0 || id == ignoreId ? 0 : (double)pixels[id] / labelled;
            return new ClassFrequency(id, info, pixels[id], pictures[id], share, ClassFrequency.WeightOf(share));
        }
    }

    /// <summary>Number of pictures that were checked, in all splits together.</summary>
    public int Pictures { get; }

    /// <summary>The ignored id that the data set was opened with.</summary>
    public int IgnoreId { get; }

    /// <summary>The findings: one entry for each kind of fault that occurs.</summary>
    public IReadOnlyList<DatasetFinding> Findings { get; }

    /// <summary>Whether there are no findings.</summary>
    public bool IsSound => Findings.Count == 0;

    /// <summary>The frequency of each class in all readable masks, in order of id.</summary>
    public IReadOnlyList<ClassFrequency> Classes { get; }

    /// <summary>Number of pixels with the ignored id.</summary>
    public long IgnoredPixels { get; }

    /// <summary>Their fraction, 0 to 1, of all pixels.</summary>
    public double IgnoredShare { get; }

    /// <summary>
    /// The ignored id that fits the masks: the id that the data set was opened with, unless that id does not occur and exactly one other id
    /// without a class does. Null if several ids without a class occur.
    /// </summary>
    public int? SuggestedIgnoreId { get; }

    /// <summary>The report as text for a terminal, with lines that end in \n.</summary>
    /// <param name="filesPerFinding">Number of files to list for each kind of fault. The default is 5.</param>
    public string ToText(int filesPerFinding = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(filesPerFinding);
        return DatasetReportText.Of(this, filesPerFinding);
    }

    private static int? SuggestIgnoreId(long[] pixels, int classes, int ignoreId)
    {
        var unknown = Enumerable.Range(classes, 256 - classes).Where(id => pixels[id] > 0 && id != ignoreId).ToList();
        return unknown.Count switch
        {
            0 => ignoreId,
            1 when pixels[ignoreId] == 0 => unknown[0],
            _ => null,
        };
    }
}
