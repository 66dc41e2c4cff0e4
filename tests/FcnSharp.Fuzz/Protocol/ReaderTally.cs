namespace FcnSharp.Fuzz.Protocol;

/// <summary>Counts of the outcomes of a reader's inputs so far.</summary>
internal sealed class ReaderTally
{
    /// <summary>Numbers of the finished blocks of inputs; block n starts at the seed n times the size of a block.</summary>
    public SortedSet<int> Blocks { get; init; } = [];

    /// <summary>Inputs by outcome.</summary>
    public Dictionary<Outcome, long> Counts { get; init; } = [];

    public long Total => Counts.Values.Sum();

    public long Of(Outcome outcome) => Counts.GetValueOrDefault(outcome);

    public void Add(Outcome outcome, long count) => Counts[outcome] = Of(outcome) + count;
}
