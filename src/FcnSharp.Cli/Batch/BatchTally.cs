using FcnSharp.Prediction;

namespace FcnSharp.Cli.Batch;

/// <summary>Counts of a run, and the table of its first pictures.</summary>
internal sealed class BatchTally
{
    /// <summary>Maximum number of pictures in the table; for more pictures, only the counts are shown.</summary>
    public const int RowLimit = 20;

    private readonly List<(PictureJob Job, string Size, double Milliseconds, string Classes)> rows = [];
    private int skipped;

    public int Done { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Number of pictures that an earlier run has finished.</summary>
    public int Skipped => Volatile.Read(ref skipped);

    public int Handled => Done + Failed + Skipped;

    public IReadOnlyList<(PictureJob Job, string Size, double Milliseconds, string Classes)> Rows => rows;

    /// <summary>Thread-safe, unlike the other members.</summary>
    public void Skip() => Interlocked.Increment(ref skipped);

    public void Fail() => Failed++;

    public void Succeed(PictureJob job, Segmentation segmentation)
    {
        Done++;
        if (rows.Count < RowLimit)
        {
            rows.Add((
                job,
                $"{segmentation.Picture.Width}x{segmentation.Picture.Height}",
                segmentation.Timings.Total.TotalMilliseconds,
                string.Join(", ", segmentation.Shares.Take(3).Select(share => $"{share.Info.DisplayName} {100 * share.Share:F0}%"))));
        }
    }
}
