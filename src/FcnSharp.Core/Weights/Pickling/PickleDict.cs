using FcnSharp.Support;

namespace FcnSharp.Weights.Pickling;

/// <summary>A dictionary of a pickle. Keys are kept as text, in their order; what is no text or number becomes no key.</summary>
internal sealed class PickleDict : PickleContainer
{
    private readonly OrderedDictionary<string, object?> items = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Keys => items.Keys;

    /// <summary>The value of a key; null when there is none.</summary>
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
