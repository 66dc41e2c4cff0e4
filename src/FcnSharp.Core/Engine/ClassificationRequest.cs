using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>The size and the contents of the result that an engine computes. Immutable; change a copy with <c>with</c>.</summary>
public sealed record ClassificationRequest
{
    /// <summary>Columns of the result, in pixels; at least 1.</summary>
    public required int Width { get; init => field = Guard.AtLeast(value, 1, nameof(Width), "Give the size of the picture."); }

    /// <summary>Rows of the result, in pixels; at least 1.</summary>
    public required int Height { get; init => field = Guard.AtLeast(value, 1, nameof(Height), "Give the size of the picture."); }

    /// <summary>Whether to compute <see cref="Classification.Confidence"/>. The default is false.</summary>
    public bool Confidence { get; init; }

    /// <summary>Whether to compute <see cref="Classification.Probabilities"/>: 4 bytes per pixel and class. The default is false.</summary>
    public bool Probabilities { get; init; }

    /// <summary>Divisor of the scores before the softmax, 0.01 to 100; a predictor sets it to <see cref="ModelCard.Temperature"/>. The
    /// default is 1.</summary>
    public double Temperature
    {
        get;
        init => field = Guard.InRange(
            value, ModelCard.MinTemperature, ModelCard.MaxTemperature, nameof(Temperature), "1 leaves the scores unchanged.");
    } = 1;

    /// <summary>Receives the progress, from 0 to 1, of engines that compute a large picture in parts; null, the default, for
    /// none.</summary>
    public IProgress<double>? Progress { get; init; }
}
