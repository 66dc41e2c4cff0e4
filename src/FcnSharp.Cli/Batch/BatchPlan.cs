namespace FcnSharp.Cli.Batch;

/// <summary>What one run has to do, checked before any of it is done.</summary>
/// <remarks>Pictures are looked up three times, a fourth time where a result might replace one, and only fingerprints of their names are
/// kept: a million of them take little memory.</remarks>
internal sealed class BatchPlan
{
    private readonly IReadOnlyList<InputSource> sources;
    private readonly Shard shard;
    private readonly HashSet<UInt128> names = [];

    /// <summary>Names that several pictures have, which differ in their endings.</summary>
    private readonly HashSet<UInt128> shared = [];

    /// <summary>Pictures that lie where results go.</summary>
    private readonly HashSet<UInt128> pictures = [];

    private BatchPlan(IReadOnlyList<InputSource> sources, Shard shard) => (this.sources, this.shard) = (sources, shard);

    /// <summary>Pictures of this shard.</summary>
    public int Count { get; private set; }

    /// <exception cref="UsageException">A folder has no pictures, or two results would be the same file, or a result would replace a
    /// picture.</exception>
    public static BatchPlan Make(IReadOnlyList<InputSource> sources, Shard shard, Results results)
    {
        var plan = new BatchPlan(sources, shard);
        plan.FindShared();
        foreach (var source in sources)
        {
            plan.Add(source, results);
        }

        plan.CheckPicturesStay(results);
        return plan;
    }

    /// <summary>The pictures of this shard. One that has appeared since the plan was made is left for the next run.</summary>
    public IEnumerable<PictureJob> Jobs() =>
        AllJobs().Where(job => Fingerprint.OfPath(job.Name) is var name && shard.Has(name) && names.Contains(name));

    /// <summary>How many pictures of formats that are not read, and videos, the inputs have, by ending.</summary>
    public IReadOnlyList<(string Ending, int Count)> LeftOut() =>
    [
        .. sources.SelectMany(source => source.Others?.Invoke() ?? [])
            .CountBy(path => Path.GetExtension(path).ToLowerInvariant()).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, pair.Value)),
    ];

    private IEnumerable<PictureJob> AllJobs() => sources.SelectMany(source => source.Pictures()).Select(Named);

    /// <summary>The picture under a name of its own: where <c>a.jpg</c> lies beside <c>a.png</c>, results keep the endings.</summary>
    private PictureJob Named(PictureJob job) => shared.Contains(Fingerprint.OfPath(job.Name))
        ? job with { Name = job.Name + Path.GetExtension(job.Picture) }
        : job;

    private void FindShared()
    {
        var seen = new HashSet<UInt128>();
        foreach (var name in sources.SelectMany(source => source.Pictures()).Select(job => Fingerprint.OfPath(job.Name)))
        {
            if (!seen.Add(name))
            {
                shared.Add(name);
            }
        }
    }

    private void Add(InputSource source, Results results)
    {
        var before = names.Count;
        foreach (var job in source.Pictures().Select(Named))
        {
            var name = Fingerprint.OfPath(job.Name);
            if (!names.Add(name))
            {
                throw Clash(AllJobs().First(other => Fingerprint.OfPath(other.Name) == name), job);
            }

            if (Path.GetFullPath(job.Picture) is var path && results.MayReplace(path))
            {
                pictures.Add(Fingerprint.OfPath(path));
            }

            Count += shard.Has(name) ? 1 : 0;
        }

        if (names.Count == before && !source.MayBeEmpty)
        {
            throw new UsageException($"{source.Given}: no pictures there. Files are taken by their endings: {PictureFiles.EndingsText}.");
        }
    }

    private void CheckPicturesStay(Results results)
    {
        foreach (var job in pictures.Count > 0 ? AllJobs() : [])
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
