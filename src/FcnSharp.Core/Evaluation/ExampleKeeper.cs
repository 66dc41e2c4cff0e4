namespace FcnSharp.Evaluation;

/// <summary>Keeps the best and the worst pictures so far, because most examples are among them. Thread-safe; the result does not depend on
/// the order of the pictures.</summary>
/// <param name="count">Number of best and of worst pictures.</param>
internal sealed class ExampleKeeper(int count)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<(double MeanIoU, int Index), EvaluationExample> worst = [];
    private readonly SortedDictionary<(double MeanIoU, int Index),
        EvaluationExample> best = new(Comparer<(double MeanIoU, int Index)>.Create((a, b) => b.CompareTo(a)));

    /// <summary>Offers a picture; <paramref name="make"/> is called only if the picture may be kept.</summary>
    public void Offer(int index, double meanIoU, Func<EvaluationExample> make)
    {
        var rank = (meanIoU, index);
        lock (gate)
        {
            if (!HasRoom(worst, rank) && !HasRoom(best, rank))
            {
                return;
            }
        }

        var example = make();
        lock (gate)
        {
            Insert(worst, rank, example);
            Insert(best, rank, example);
        }
    }

    /// <summary>The picture with an index in the data set; null if it is not kept.</summary>
    public EvaluationExample? Find(int index)
    {
        lock (gate)
        {
            return worst.Concat(best).FirstOrDefault(kept => kept.Key.Index == index).Value;
        }
    }

    private bool HasRoom(SortedDictionary<(double MeanIoU, int Index), EvaluationExample> kept, (double MeanIoU, int Index) rank) =>
        kept.Count < count || (count > 0 && kept.Comparer.Compare(rank, kept.Keys.Last()) < 0);

    private void Insert(SortedDictionary<(double MeanIoU, int Index), EvaluationExample> kept, (double MeanIoU, int Index) rank,
        EvaluationExample example)
    {
        kept.Add(rank, example);
        if (kept.Count > count)
        {
            kept.Remove(kept.Keys.Last());
        }
    }
}
