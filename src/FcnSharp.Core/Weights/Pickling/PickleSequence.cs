namespace FcnSharp.Weights.Pickling;

/// <summary>A list, tuple or set of a pickle.</summary>
internal sealed class PickleSequence : PickleContainer
{
    private readonly List<object?> items = [];

    public IReadOnlyList<object?> Items => items;

    public void AddRange(IEnumerable<object?> values)
    {
        foreach (var value in values)
        {
            Hold(value);
            items.Add(value);
        }
    }
}
