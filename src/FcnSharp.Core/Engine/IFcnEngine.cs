using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Engine;

/// <summary>Runs one frozen network on pictures: the seam between a predictor and what computes for it.</summary>
/// <remarks>Implementations are immutable once built and thread-safe. Disposing one while it runs is not allowed; a predictor sees to
/// that.</remarks>
public interface IFcnEngine : IDisposable
{
    /// <summary>How many classes it scores, background included.</summary>
    int NumClasses { get; }

    /// <summary>Its card; the normalisation is never null.</summary>
    ModelCard Card { get; }

    /// <summary>What computes, in a few words: engine, threads or device, instruction set.</summary>
    string Description { get; }

    /// <summary>Scores every class at every pixel.</summary>
    /// <param name="picture">Any size from 1x1 up; the engine normalises it as the card says.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    /// <returns>(NumClasses, Height, Width) raw scores (logits) at the picture's size; the caller's own.</returns>
    /// <exception cref="ArgumentException">The picture is too large for this engine; the message says what to do.</exception>
    /// <exception cref="ScoreOverflowException">Scores are infinite or NaN; see <see cref="EngineGuard.RefuseOverflow"/>.</exception>
    ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default);

    /// <summary>Finds the class of every pixel. Without an implementation of its own, an engine does so by <see cref="Score"/>.</summary>
    /// <param name="picture">As for <see cref="Score"/>.</param>
    /// <param name="request">The size of the answer, to which scores are resized bilinearly, and what to give besides labels.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    /// <exception cref="ArgumentException">As for <see cref="Score"/>.</exception>
    /// <exception cref="ScoreOverflowException">Scores are infinite or NaN.</exception>
    Classification Classify(RgbImage picture, ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        EngineGuard.ThrowIfAnswerTooLarge(request, NumClasses);
        return ScoreClassifier.Classify(Score(picture, cancellationToken), request, cancellationToken);
    }
}
