namespace FcnSharp.Weights.Pickling;

/// <summary>A list, tuple or set of a pickle.</summary>
internal sealed class PickleSequence : PickleContainer
{
    private readonly List<object?> items = [];

    public IReadOnlyList<object?> Items => items;

    public void AddRange(IReadOnlyList<object?> values, PickleBudget budget)
    {
        budget.Objects(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            Hold(values[i]);
            items.Add(values[i]);
        }
    }
}
