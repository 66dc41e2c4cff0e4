using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>Parallelism, error handling and examples of an evaluation. Immutable; change a copy with <c>with</c>.</summary>
public sealed record EvaluationOptions
{
    /// <summary>
    /// Number of pictures that are evaluated in parallel, 1 to 256. Null, the default, means one for each processor: while one picture is
    /// read, scaled or counted, the network computes another. Fewer pictures take less memory.
    /// </summary>
    public int? PicturesAtOnce
    {
        get;
        init =>
            field = value is { } count
                ? Guard.InRange(count, 1, 256, nameof(PicturesAtOnce), "Omit it for one per processor.")
                : null;
    }

    /// <summary>
    /// Whether pictures with faults are skipped and listed in <see cref="EvaluationResult.Skipped"/>.
    /// The default is false: the first fault ends the evaluation with an exception.
    /// </summary>
    public bool SkipBroken { get; init; }

    /// <summary>Number of the best and of the worst pictures for the report, 0 to 100. The default is 4.</summary>
    public int Examples
    {
        get;
        init => field = Guard.InRange(value, 0, 100, nameof(Examples), "They are all kept in memory and written into the report.");
    } = 4;

    /// <summary>The longer side, in pixels, to which examples are scaled down, 16 to 4096. The default is 480.</summary>
    public int ExampleSize
    {
        get;
        init => field = Guard.InRange(value, 16, 4096, nameof(ExampleSize), "Give the longer side in pixels.");
    } = 480;
}
