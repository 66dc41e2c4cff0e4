using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Engine;

/// <summary>Runs one frozen network on pictures: the interface between a predictor and its compute backend.</summary>
/// <remarks>Implementations are immutable after construction and thread-safe. An engine must not be disposed while it runs; a predictor
/// ensures that.</remarks>
public interface IFcnEngine : IDisposable
{
    /// <summary>Number of classes that the engine scores, background included.</summary>
    int NumClasses { get; }

    /// <summary>The network's card; the normalisation is never null.</summary>
    ModelCard Card { get; }

    /// <summary>A short description: engine, threads or device, instruction set.</summary>
    string Description { get; }

    /// <summary>Scores every class at every pixel.</summary>
    /// <param name="picture">A picture of at least 1x1 pixels; the engine normalises it as the card states.</param>
    /// <param name="cancellationToken">Cancels the computation between two of its steps.</param>
    /// <returns>(NumClasses, Height, Width) raw scores (logits) at the picture's size. The caller owns the map.</returns>
    /// <exception cref="ArgumentException">The picture is too large for this engine; the message states the remedy.</exception>
    /// <exception cref="ScoreOverflowException">Scores are infinite or NaN; see <see cref="EngineGuard.RefuseOverflow"/>.</exception>
    ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default);

    /// <summary>Finds the class of every pixel. The default implementation calls <see cref="Score"/>.</summary>
    /// <param name="picture">As for <see cref="Score"/>.</param>
    /// <param name="request">The size of the result, to which scores are resized bilinearly, and its contents besides labels.</param>
    /// <param name="cancellationToken">Cancels the computation between two of its steps.</param>
    /// <exception cref="ArgumentException">As for <see cref="Score"/>.</exception>
    /// <exception cref="ScoreOverflowException">Scores are infinite or NaN.</exception>
    Classification Classify(RgbImage picture, ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        EngineGuard.ThrowIfAnswerTooLarge(request, NumClasses);
        return ScoreClassifier.Classify(Score(picture, cancellationToken), request, cancellationToken);
    }
}
