namespace FcnSharp.Engine;

/// <summary>
/// Bilinear resizing along one axis with half-pixel centres (PyTorch's interpolate with align_corners = false): target cell i has the
/// source position (i + 0.5) * source / target - 0.5, clamped to the borders.
/// </summary>
internal sealed class BilinearAxis
{
    private readonly (int Low, int High, float Fraction)[] cells;

    public BilinearAxis(int source, int target)
    {
        cells = new (int, int, float)[target];
        var scale = (double)source / target;
        for (var i = 0; i < target; i++)
        {
            var position = Math.Clamp(((i + 0.5) * scale) - 0.5, 0, source - 1);
            var low = (int)position;
            var fraction = (float)(position - low);
            cells[i] = (low, fraction > 0 ? Math.Min(low + 1, source - 1) : low, fraction);
        }
    }

    /// <summary>The two source cells around a target cell, and the weight of the second. Both cells are the same if that weight is zero,
    /// since zero times infinity is not zero.</summary>
    public (int Low, int High, float Fraction) this[int index] => cells[index];

    public void Resize(ReadOnlySpan<float> source, Span<float> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            var (low, high, fraction) = cells[i];
            target[i] = source[low] + ((source[high] - source[low]) * fraction);
        }
    }
}
