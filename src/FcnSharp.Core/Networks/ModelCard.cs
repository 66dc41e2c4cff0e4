using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Networks;

/// <summary>What a model file states about a network besides its weights: preprocessing, classes, licence and provenance. Immutable;
/// change a copy with <c>with</c>.</summary>
public sealed record ModelCard
{
    /// <summary>A card without any information.</summary>
    public static ModelCard Empty { get; } = new();

    /// <summary>A short display name; null if there is none.</summary>
    public string? Name { get; init; }

    /// <summary>Names and colours of the classes, as many as the network scores; null if they are not known.</summary>
    public ClassList? Classes { get; init; }

    /// <summary>The normalisation of the input; null if it is not known, in which case the caller must give it to the predictor.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>
    /// The working size: the length of a side, in pixels, to which pictures are scaled before they enter the network; 1 to 65535. Null
    /// means that pictures are not scaled.
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
    /// The divisor of the scores before the softmax, 0.01 to 100, so that a confidence of 0.8 is right eight times out of ten (temperature
    /// scaling: Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", 2017, section 4.2). It does not change which
    /// class is the most probable. Null means no scaling; <c>TemperatureScaling.Fit</c> fits a value to labelled pictures.
    /// </summary>
    public double? Temperature
    {
        get;
        init => field = value is { } temperature
            ? Guard.InRange(temperature, MinTemperature, MaxTemperature, nameof(Temperature), "Give a positive number, or null.")
            : null;
    }

    /// <summary>The licence of the weights; null if it is not known.</summary>
    public string? License { get; init; }

    /// <summary>How the network was trained, as free text; null if it is not known.</summary>
    public string? Training { get; init; }

    /// <summary>Evaluation results and the data set they were measured on, as free text; null if they are not known.</summary>
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
