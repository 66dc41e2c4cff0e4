using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Networks;

/// <summary>What travels with a network's numbers: how to feed it and what its answers mean. Immutable; change a copy with
/// <c>with</c>.</summary>
public sealed record ModelCard
{
    /// <summary>The card of a network of which nothing is known.</summary>
    public static ModelCard Empty { get; } = new();

    /// <summary>A short name for people; null when it has none.</summary>
    public string? Name { get; init; }

    /// <summary>Names and colours of the classes; null when they are not known. Their count is the network's.</summary>
    public ClassList? Classes { get; init; }

    /// <summary>How bytes become input; null when it is not known, in which case a predictor needs it from the caller.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>
    /// The length of a side, in pixels, to which pictures are scaled before the network sees them; null means that they are taken as they
    /// are.
    /// 1 to 65535.
    /// </summary>
    public int? WorkingSize
    {
        get;
        init => field = value is { } size
            ? Guard.InRange(size, 1, 65535, nameof(WorkingSize), "Give the length of a side in pixels, or null.")
            : null;
    }

    /// <summary>Which side of a picture gets <see cref="WorkingSize"/>. The default is the longer one.</summary>
    public WorkingSide WorkingSide { get; init; }

    /// <summary>
    /// What scores are divided by before the softmax, 0.01 to 100, so that a confidence of 0.8 is right eight times of ten (temperature
    /// scaling: Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", 2017, section 4.2). It does not change which
    /// class is the most probable. Null means that scores are taken as they are; <c>TemperatureScaling.Fit</c> finds it from pictures.
    /// </summary>
    public double? Temperature
    {
        get;
        init => field = value is { } temperature
            ? Guard.InRange(temperature, MinTemperature, MaxTemperature, nameof(Temperature), "Give a positive number, or null.")
            : null;
    }

    /// <summary>Under which terms the weights may be used; null when it is not known.</summary>
    public string? License { get; init; }

    /// <summary>How the network was trained, in words; null when it is not known.</summary>
    public string? Training { get; init; }

    /// <summary>What it scored and on what, in words; null when it is not known.</summary>
    public string? Scores { get; init; }

    internal const double MinTemperature = 0.01, MaxTemperature = 100;

    /// <exception cref="ArgumentException">The card names another number of classes than the network scores.</exception>
    internal static void CheckClasses(ModelCard card, int numClasses)
    {
        if (card.Classes is { } classes && classes.Count != numClasses)
        {
            throw new ArgumentException($"The card names {classes.Count} classes, but the network scores {numClasses}. " +
                "Name every class, background included.", nameof(card));
        }
    }
}

/// <summary>A side of a picture.</summary>
public enum WorkingSide
{
    /// <summary>The longer of height and width.</summary>
    Longer,

    /// <summary>The shorter of height and width, as in torchvision's evaluations.</summary>
    Shorter,
}
