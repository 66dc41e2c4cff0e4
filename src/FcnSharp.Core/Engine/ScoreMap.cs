using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>One number for every class at every pixel: an engine's raw scores (logits), or probabilities.</summary>
/// <remarks>
/// The values are (NumClasses, Height, Width), row-major: all of class 0, then all of class 1, and so on.
/// The buffer is borrowed, not copied: do not write to it while the map is in use.
/// </remarks>
public sealed class ScoreMap
{
    /// <summary>Wraps a buffer of <c>numClasses * height * width</c> values.</summary>
    /// <param name="values">The values, as described on the type.</param>
    /// <param name="numClasses">Classes; at least 1.</param>
    /// <param name="width">Columns, in pixels; at least 1.</param>
    /// <param name="height">Rows, in pixels; at least 1.</param>
    /// <exception cref="ArgumentException">The length of the buffer does not match the sizes.</exception>
    public ScoreMap(ReadOnlyMemory<float> values, int numClasses, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numClasses, 1);
        Guard.PictureSize(width, height);
        var expected = (long)numClasses * height * width;
        if (values.Length != expected)
        {
            throw new ArgumentException(
                $"Scores of {numClasses} classes at {width}x{height} pixels take {expected} values, but the buffer has {values.Length}.",
                nameof(values));
        }

        (Values, NumClasses, Height, Width) = (values, numClasses, height, width);
    }

    /// <summary>The values, as described on the type.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>Number of classes.</summary>
    public int NumClasses { get; }

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; }

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; }

    /// <summary>The value of a class at column <paramref name="x"/> and row <paramref name="y"/>, counted from the top left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class or pixel.</exception>
    public float this[int classId, int x, int y]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)classId, (uint)NumClasses, nameof(classId));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
            return Row(classId, y)[x];
        }
    }

    /// <summary>The <see cref="Width"/> values of one class in one row.</summary>
    internal ReadOnlySpan<float> Row(int classId, int y) => Values.Span.Slice(((classId * Height) + y) * Width, Width);
}
