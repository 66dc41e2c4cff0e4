using FcnSharp.Support;

namespace FcnSharp.Weights.Pickling;

/// <summary>The values that a pickle has piled up, and its marks among them. Nothing below the last mark can be taken.</summary>
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
            throw new ContentException($"more than {MaxValues} values are piled up, which no state dict needs.");
        }

        values.Add(value);
    }

    public object? Peek() =>
        values.Count > (marks.TryPeek(out var mark) ? mark : 0)
            ? values[^1]
            : throw new ContentException("takes a value that is not there.");

    public object? Pop()
    {
        var value = Peek();
        values.RemoveAt(values.Count - 1);
        return value;
    }

    /// <summary>Takes so many values from the top; the topmost is the last.</summary>
    public object?[] Pop(int count)
    {
        var popped = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            popped[i] = Pop();
        }

        return popped;
    }

    /// <summary>Takes all values above the last mark, and the mark.</summary>
    public object?[] PopToMark()
    {
        var mark = PopMark();
        var popped = new object?[values.Count - mark];
        values.CopyTo(mark, popped, 0, popped.Length);
        values.RemoveRange(mark, popped.Length);
        return popped;
    }

    /// <summary>Throws away all values above the last mark, and the mark.</summary>
    public void DropToMark()
    {
        var mark = PopMark();
        values.RemoveRange(mark, values.Count - mark);
    }

    private int PopMark() => marks.TryPop(out var mark) ? mark : throw new ContentException("goes back to a mark that is not there.");
}
