using FcnSharp.Support;

namespace FcnSharp.Weights.Pickling;

/// <summary>The stack of a pickle machine, with its marks. Values below the last mark cannot be popped.</summary>
internal sealed class PickleStack
{
    private const int MaxValues = 100_000;

    private readonly List<object?> values = [];
    private readonly Stack<int> marks = [];

    public void Clear()
    {
        values.Clear();
        marks.Clear();
    }

    public void Mark() => marks.Push(values.Count);

    public void Push(object? value)
    {
        if (values.Count >= MaxValues)
        {
            throw new ContentException($"there are more than {MaxValues} values on the stack, which no state dict needs.");
        }

        values.Add(value);
    }

    public object? Peek() =>
        values.Count > (marks.TryPeek(out var mark) ? mark : 0)
            ? values[^1]
            : throw new ContentException("pops from an empty stack.");

    public object? Pop()
    {
        var value = Peek();
        values.RemoveAt(values.Count - 1);
        return value;
    }

    /// <summary>Pops a number of values; the topmost is the last of the array.</summary>
    public object?[] Pop(int count)
    {
        var popped = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            popped[i] = Pop();
        }

        return popped;
    }

    /// <summary>Pops all values above the last mark, and the mark.</summary>
    public object?[] PopToMark()
    {
        var mark = PopMark();
        var popped = new object?[values.Count - mark];
        values.CopyTo(mark, popped, 0, popped.Length);
        values.RemoveRange(mark, popped.Length);
        return popped;
    }

    /// <summary>Discards all values above the last mark, and the mark.</summary>
    public void DropToMark()
    {
        var mark = PopMark();
        values.RemoveRange(mark, values.Count - mark);
    }

    private int PopMark() => marks.TryPop(out var mark) ? mark : throw new ContentException("refers to a mark that is not on the stack.");
}
