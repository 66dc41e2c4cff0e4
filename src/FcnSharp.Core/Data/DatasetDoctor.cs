using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>Checks whole data sets for errors that would harm a training. Run it once before the first epoch. Thread-safe.</summary>
public static class DatasetDoctor
{
    /// <summary>Reads and checks every picture and mask, on all cores.</summary>
    /// <param name="splits">The splits of one data set, such as train and val; no picture may be in two splits.</param>
    /// <param name="progress">Receives the progress after every picture, from any thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the check between two pictures.</param>
    /// <returns>The findings, which do not depend on the number of threads.</returns>
    /// <exception cref="ArgumentException">There is no split, or the splits differ in classes or ignored id.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public static DatasetReport Check(
        IEnumerable<ISegmentationDataset> splits, IProgress<DoctorProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ISegmentationDataset[] all = [.. splits];
        CheckAlike(all);

        (int Split, int Index)[] samples = [
            .. all.SelectMany((dataset, split) => Enumerable.Range(0, dataset.Count).Select(index => (split, index)))];
        var inspections = new SampleInspection[samples.Length];
        var done = 0;
        ParallelWork.Run(samples.Length, atOnce: null, Inspect, cancellationToken);

        return new DatasetReport(
            all[0].Classes,
            all[0].IgnoreId,
            inspections,
            [
                .. FindingsOf(inspections.SelectMany(inspection => inspection.Faults)),
                .. FindingsOf(BlackWhiteMasks(inspections, all[0].IgnoreId)),
                .. FindingsOf(Duplicates(all, samples, inspections)),
            ]);

        void Inspect(int i)
        {
            inspections[i] = SampleInspection.Of(all[samples[i].Split], samples[i].Index);
            progress?.Report(new DoctorProgress(Interlocked.Increment(ref done), samples.Length));
        }
    }

    private static void CheckAlike(ISegmentationDataset[] splits)
    {
        if (splits.Length == 0)
        {
            throw new ArgumentException("There is no data set to check. Give at least one.", nameof(splits));
        }

        foreach (var other in splits)
        {
            if (!other.Classes.Equals(splits[0].Classes) || other.IgnoreId != splits[0].IgnoreId)
            {
                throw new ArgumentException(
                    $"\"{other.Name}\" and \"{splits[0].Name}\" differ in their classes or their ignored id. " +
                    "Check only splits of one data set together.",
                    nameof(splits));
            }
        }
    }

    private static IEnumerable<DatasetFinding> FindingsOf(IEnumerable<DatasetException> faults) =>
        from fault in faults
        group fault by fault.Fault into kind
        orderby kind.Key
        select new DatasetFinding(kind.Key, kind.First().Remedy, [.. kind.Select(fault => new FaultyFile(fault.Path, fault.Reason))]);

    /// <summary>
    /// If 255 is the ignored id, a mask of only 0 and 255 has valid ids. It is still a fault if no mask of the data set has 255 together
    /// with another class: a data set with ignored pixels has some of them on the borders of objects.
    /// </summary>
    private static IEnumerable<DatasetException> BlackWhiteMasks(SampleInspection[] inspections, int ignoreId)
    {
        var counts = inspections.Select(inspection => inspection.Counts).OfType<long[]>();
        return ignoreId != byte.MaxValue || counts.Any(count => count[255] > 0 && !SampleChecks.OnlyBlackAndWhite(count))
            ? []
            : inspections
                .Where(inspection => inspection.Counts is { } count && SampleChecks.OnlyBlackAndWhite(count))
                .Select(inspection => SampleChecks.BlackWhite(inspection.MaskPath));
    }

    private static IEnumerable<DatasetException> Duplicates(
        ISegmentationDataset[] splits, (int Split, int Index)[] samples, SampleInspection[] inspections)
    {
        var firsts = new Dictionary<UInt128, int>();
        for (var i = 0; i < inspections.Length; i++)
        {
            if (inspections[i].Hash is not { } hash || firsts.TryAdd(hash, i))
            {
                continue;
            }

            var first = firsts[hash];
            if (samples[first].Split != samples[i].Split)
            {
                yield return new DatasetException(
                    DatasetFault.DuplicateAcrossSplits,
                    inspections[i].PicturePath,
                    Guard.Text($"this picture of \"{splits[samples[i].Split].Name}\" has the same pixels as " +
                    $"{inspections[first].PicturePath} of \"{splits[samples[first].Split].Name}\"."),
                    "Remove it from one of the splits: a network must not be evaluated on pictures that it was trained on.");
            }
        }
    }
}
