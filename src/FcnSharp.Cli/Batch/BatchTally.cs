using FcnSharp.Prediction;

namespace FcnSharp.Cli.Batch;

/// <summary>Counts of a run, and what is shown of its first pictures.</summary>
internal sealed class BatchTally
{
    /// <summary>Pictures that a table shows; of more, only the counts are told.</summary>
    public const int RowLimit = 20;

    private readonly List<(PictureJob Job, string Size, double Milliseconds, string Classes)> rows = [];
    private int skipped;

    public int Done { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Pictures that an earlier run has done.</summary>
    public int Skipped => Volatile.Read(ref skipped);

    public int Handled => Done + Failed + Skipped;

    public IReadOnlyList<(PictureJob Job, string Size, double Milliseconds, string Classes)> Rows => rows;

    /// <summary>May be called beside the other members.</summary>
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
