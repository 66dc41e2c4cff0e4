using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>What <see cref="DatasetDoctor"/> found.</summary>
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

    /// <summary>How many pictures were looked at, in all splits together.</summary>
    public int Pictures { get; }

    /// <summary>The ignored id that the data set was opened with.</summary>
    public int IgnoreId { get; }

    /// <summary>What is wrong: one entry for each kind of fault.</summary>
    public IReadOnlyList<DatasetFinding> Findings { get; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => Findings.Count == 0;

    /// <summary>How often each class occurs, in order of id, in all masks that could be read.</summary>
    public IReadOnlyList<ClassFrequency> Classes { get; }

    /// <summary>Pixels with the ignored id.</summary>
    public long IgnoredPixels { get; }

    /// <summary>Their fraction, 0 to 1, of all pixels.</summary>
    public double IgnoredShare { get; }

    /// <summary>
    /// The ignored id that fits the masks: the one that the data set was opened with, unless exactly one other id without a class occurs
    /// and it does not. Null if several ids without a class occur.
    /// </summary>
    public int? SuggestedIgnoreId { get; }

    /// <summary>The report as text for a terminal, in lines that end in \n.</summary>
    /// <param name="filesPerFinding">How many files to name of each kind of fault; 5 by default.</param>
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
