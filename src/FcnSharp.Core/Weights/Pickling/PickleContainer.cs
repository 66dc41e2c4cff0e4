namespace FcnSharp.Weights.Pickling;

/// <summary>A value of a pickle that holds others, and how deep they go.</summary>
internal abstract class PickleContainer
{
    private const int MaxDepth = 64;

    private int depth = 1;

    /// <summary>Takes note of a value that becomes part of this one.</summary>
    /// <exception cref="FormatException">Containers within containers go too deep.</exception>
    protected void Hold(object? value)
    {
        if (value is PickleContainer inner && inner.depth >= depth)
        {
            depth = inner.depth + 1;
        }

        if (depth > MaxDepth)
        {
            throw new FormatException($"containers are nested more than {MaxDepth} deep, which no state dict is.");
        }
    }
}
