using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>
/// The scores of a picture are infinite or NaN: the network overflows on it, so that its pixels have no class. The message is one line
/// that names the first such pixel, row by row from the top left, and the first such class.
/// </summary>
public sealed class ScoreOverflowException : ArithmeticException
{
    private const string Advice =
        "If half precision was requested, compute with 32 bits; otherwise the training diverged: use an earlier checkpoint.";

    /// <summary>Describes a score.</summary>
    /// <param name="x">Column of the pixel, from 0.</param>
    /// <param name="y">Row of the pixel, from 0.</param>
    /// <param name="classId">The class id.</param>
    /// <param name="score">The score of the class at the pixel.</param>
    /// <param name="width">Columns of the result, or of the picture at the working size.</param>
    /// <param name="height">Rows of the result, or of the picture at the working size.</param>
    public ScoreOverflowException(int x, int y, int classId, float score, int width, int height)
        : this(x, y, classId, score, Guard.Text(
            $"The score of class {classId} at pixel ({x}, {y}) of {width}x{height} is {score}: the network overflows on this " +
            $"picture."))
    {
    }

    private ScoreOverflowException(int x, int y, int classId, float score, string reason)
        : base($"{reason} {Advice}") => (X, Y, ClassId, Score, Reason, Remedy) = (x, y, classId, score, reason, Advice);

    /// <summary>Column of the pixel, from 0. With test-time augmentation it may refer to a view.</summary>
    public int X { get; }

    /// <summary>Row of the pixel, from 0. With test-time augmentation it may refer to a view.</summary>
    public int Y { get; }

    /// <summary>The class id.</summary>
    public int ClassId { get; }

    /// <summary>The score: an infinity or NaN.</summary>
    public float Score { get; }

    /// <summary>The pixel, the class and the score, as a sentence.</summary>
    public string Reason { get; }

    /// <summary>What to do, as a sentence.</summary>
    public string Remedy { get; }
}
