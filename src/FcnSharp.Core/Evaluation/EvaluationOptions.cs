using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>How an evaluation runs and what it keeps. Immutable; change a copy with <c>with</c>.</summary>
public sealed record EvaluationOptions
{
    /// <summary>
    /// How many pictures are worked on at once, 1 to 256. Null, the default, means one for each processor: while one picture is read,
    /// scaled or counted, the network works on another. Fewer take less memory.
    /// </summary>
    public int? PicturesAtOnce
    {
        get;
        init =>
            field = value is { } count
                ? Guard.InRange(count, 1, 256, nameof(PicturesAtOnce), "Leave it out for one per processor.")
                : null;
    }

    /// <summary>
    /// Whether pictures that cannot be read or do not fit are left out and listed in <see cref="EvaluationResult.Skipped"/>.
    /// The default is false: the first of them ends the evaluation.
    /// </summary>
    public bool SkipBroken { get; init; }

    /// <summary>How many of the best and of the worst pictures to keep for the report, 0 to 100. The default is 4.</summary>
    public int Examples
    {
        get;
        init => field = Guard.InRange(value, 0, 100, nameof(Examples), "They are all held in memory and written into the report.");
    } = 4;

    /// <summary>The longer side, in pixels, to which those are scaled down, 16 to 4096. The default is 480.</summary>
    public int ExampleSize
    {
        get;
        init => field = Guard.InRange(value, 16, 4096, nameof(ExampleSize), "Give the longer side in pixels.");
    } = 480;
}
