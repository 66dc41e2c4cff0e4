using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>
/// The scores of a picture are infinite or NaN: the network's numbers overflow on it, so that it has no classes. The message is one line
/// that names the first such pixel, row by row from the top left, and its first such class.
/// </summary>
public sealed class ScoreOverflowException : ArithmeticException
{
    private const string Advice =
        "Compute with 32 bits where half precision was asked for; otherwise the training diverged: take an earlier checkpoint.";

    /// <summary>Describes a score.</summary>
    /// <param name="x">Column of the pixel, from 0.</param>
    /// <param name="y">Row of the pixel, from 0.</param>
    /// <param name="classId">The class.</param>
    /// <param name="score">Its score there.</param>
    /// <param name="width">Columns of the answer, or of the picture as the network sees it.</param>
    /// <param name="height">Its rows.</param>
    public ScoreOverflowException(int x, int y, int classId, float score, int width, int height)
        : this(x, y, classId, score, Guard.Text(
            $"The score of class {classId} at pixel ({x}, {y}) of {width}x{height} is {score}: the network's numbers overflow on this " +
            $"picture."))
    {
    }

    private ScoreOverflowException(int x, int y, int classId, float score, string reason)
        : base($"{reason} {Advice}") => (X, Y, ClassId, Score, Reason, Remedy) = (x, y, classId, score, reason, Advice);

    /// <summary>Column of the pixel, from 0. With test-time augmentation it may be that of a view.</summary>
    public int X { get; }

    /// <summary>Row of the pixel, from 0. With test-time augmentation it may be that of a view.</summary>
    public int Y { get; }

    /// <summary>The class.</summary>
    public int ClassId { get; }

    /// <summary>Its score: an infinity or NaN.</summary>
    public float Score { get; }

    /// <summary>Which score it is.</summary>
    public string Reason { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }
}
