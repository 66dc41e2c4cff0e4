using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>What an engine is asked for.</summary>
public sealed record ClassificationRequest
{
    /// <summary>Columns of the answer, in pixels; at least 1.</summary>
    public required int Width { get; init => field = Guard.AtLeast(value, 1, nameof(Width), "Give the size of the picture."); }

    /// <summary>Rows of the answer, in pixels; at least 1.</summary>
    public required int Height { get; init => field = Guard.AtLeast(value, 1, nameof(Height), "Give the size of the picture."); }

    /// <summary>Whether to give <see cref="Classification.Confidence"/>. The default is false.</summary>
    public bool Confidence { get; init; }

    /// <summary>Whether to give <see cref="Classification.Probabilities"/>: 4 bytes per pixel and class. The default is false.</summary>
    public bool Probabilities { get; init; }

    /// <summary>What scores are divided by before the softmax, 0.01 to 100; see <see cref="ModelCard.Temperature"/>, which predictors put
    /// here. The default is 1.</summary>
    public double Temperature
    {
        get;
        init => field = Guard.InRange(
            value, ModelCard.MinTemperature, ModelCard.MaxTemperature, nameof(Temperature), "1 takes scores as they are.");
    } = 1;

    /// <summary>Told how far the work is, from 0 to 1, by engines that take a large picture in parts; null, the default, tells
    /// nobody.</summary>
    public IProgress<double>? Progress { get; init; }
}
