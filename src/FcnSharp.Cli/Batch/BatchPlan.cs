namespace FcnSharp.Cli.Batch;

/// <summary>The pictures of a run, checked before the first is segmented.</summary>
/// <remarks>Folders are enumerated once, and the paths of the pictures are kept in memory.</remarks>
internal sealed class BatchPlan
{
    private BatchPlan(IReadOnlyList<PictureJob> jobs, IReadOnlyList<(string Ending, int Count)> leftOut) =>
        (Jobs, LeftOut) = (jobs, leftOut);

    /// <summary>The pictures of this shard.</summary>
    public IReadOnlyList<PictureJob> Jobs { get; }

    /// <summary>Number of pictures in unsupported formats, by extension.</summary>
    public IReadOnlyList<(string Ending, int Count)> LeftOut { get; }

    /// <exception cref="UsageException">A folder has no pictures, or two results would be the same file, or a result would replace a
    /// picture.</exception>
    public static BatchPlan Make(IEnumerable<InputSource> sources, Shard shard, Results results)
    {
        var (found, leftOut) = (new List<PictureJob>(), new List<string>());
        foreach (var source in sources)
        {
            var before = found.Count;
            foreach (var job in source.Pictures)
            {
                if (source.IsSearched && !PictureFiles.IsPicture(job.Picture))
                {
                    leftOut.Add(Path.GetExtension(job.Picture).ToLowerInvariant());
                }
                else
                {
                    found.Add(job);
                }
            }

            if (found.Count == before && source.IsSearched)
            {
                throw new UsageException(
                    $"{source.Given}: no pictures there. Files are taken by their endings: {PictureFiles.EndingsText}.");
            }
        }

        var endings = leftOut.CountBy(ending => ending).Select(pair => (pair.Key, pair.Value));
        var jobs = Named(found);
        CheckNames(jobs);
        CheckPicturesStay(jobs, results);
        return new BatchPlan(
            [.. jobs.Where(job => shard.Has(Fingerprint.OfPath(job.Name)))],
            [.. endings.OrderBy(pair => pair.Key, StringComparer.Ordinal)]);
    }

    /// <summary>The pictures with unique names: if <c>a.jpg</c> and <c>a.png</c> share a folder, the names of results include the
    /// extension.</summary>
    private static List<PictureJob> Named(List<PictureJob> found)
    {
        var shared = found.CountBy(job => Fingerprint.OfPath(job.Name)).Where(pair => pair.Value > 1).Select(pair => pair.Key).ToHashSet();
        return shared.Count == 0
            ? found
            : [.. found.Select(job => shared.Contains(Fingerprint.OfPath(job.Name))
                ? job with { Name = job.Name + Path.GetExtension(job.Picture) }
                : job)];
    }

    private static void CheckNames(List<PictureJob> jobs)
    {
        var seen = new Dictionary<UInt128, PictureJob>(jobs.Count);
        foreach (var job in jobs)
        {
            if (!seen.TryAdd(Fingerprint.OfPath(job.Name), job))
            {
                throw Clash(seen[Fingerprint.OfPath(job.Name)], job);
            }
        }
    }

    private static void CheckPicturesStay(List<PictureJob> jobs, Results results)
    {
        var pictures = jobs.Select(job => Path.GetFullPath(job.Picture)).Where(results.MayReplace).Select(Fingerprint.OfPath).ToHashSet();
        foreach (var job in pictures.Count > 0 ? jobs : [])
        {
            if (results.PathsOf(job).FirstOrDefault(path => pictures.Contains(Fingerprint.OfPath(path))) is { } path)
            {
                throw new UsageException($"{path}: is a picture to segment, and the result of {job.Picture} would replace it. " +
                    "Give a folder for results: -o DIR.");
            }
        }
    }

    private static UsageException Clash(PictureJob first, PictureJob second) =>
        new(string.Equals(first.Picture, second.Picture, StringComparison.Ordinal)
        ? $"{first.Picture}: is given twice. Name it once."
        : $"{first.Picture} and {second.Picture}: both results would be called {second.Name}. " +
            "Rename one, or segment them into different folders.");
}
