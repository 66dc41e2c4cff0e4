using FcnSharp.Support;

namespace FcnSharp.Weights.Pickling;

/// <summary>A value of a pickle that contains other values, with its nesting depth.</summary>
internal abstract class PickleContainer
{
    private const int MaxDepth = 64;

    private int depth = 1;

    /// <summary>Updates the depth for a value that is added to this container.</summary>
    /// <exception cref="ContentException">Containers are nested too deeply.</exception>
    protected void Hold(object? value)
    {
        if (value is PickleContainer inner && inner.depth >= depth)
        {
            depth = inner.depth + 1;
        }

        if (depth > MaxDepth)
        {
            throw new ContentException($"containers are nested more than {MaxDepth} deep, which no state dict is.");
        }
    }
}

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

/// <summary>A dictionary of a pickle. Keys are kept as strings, in their order; entries whose key is neither a string nor an integer are
/// dropped.</summary>
internal sealed class PickleDict : PickleContainer
{
    private readonly OrderedDictionary<string, object?> items = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Keys => items.Keys;

    /// <summary>The value of a key; null if there is none.</summary>
    public object? this[string key] => items.GetValueOrDefault(key);

    public void Set(object? key, object? value, PickleBudget budget)
    {
        budget.Objects(1);
        Hold(key);
        Hold(value);
        if ((key as string ?? (key is long number ? Guard.Text($"{number}") : null)) is { } text)
        {
            budget.Work(text.Length);
            items[text] = value;
        }
    }
}
