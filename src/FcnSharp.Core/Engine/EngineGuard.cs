using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>Checks that every engine makes: of a network and a request before the computation, and of the scores after it. For
/// implementations of <see cref="IFcnEngine"/>.</summary>
public static class EngineGuard
{
    /// <summary>The normalisation of a network's card.</summary>
    /// <exception cref="ArgumentException">The card has none.</exception>
    public static Normalization NormalizationOf(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.Normalization ?? throw new ArgumentException(
            "The network's card has no normalisation. " +
            "Set it in the options, or on the card with network.WithCard(network.Card with { Normalization = Normalization.ImageNet }).",
            nameof(card));
    }

    /// <summary>Refuses results that do not fit an array.</summary>
    /// <param name="request">The request.</param>
    /// <param name="numClasses">Classes of the network.</param>
    /// <exception cref="ArgumentException">The labels, or the probabilities if they are requested, do not fit an array.</exception>
    public static void ThrowIfAnswerTooLarge(ClassificationRequest request, int numClasses)
    {
        ArgumentNullException.ThrowIfNull(request);
        ThrowIfAnswerTooLarge(request.Width, request.Height, request.Probabilities ? numClasses : 1);
    }

    /// <summary>Refuses score maps that do not fit an array.</summary>
    /// <param name="width">Columns, in pixels.</param>
    /// <param name="height">Rows, in pixels.</param>
    /// <param name="channels">Values for each pixel.</param>
    /// <exception cref="ArgumentException">The values do not fit an array.</exception>
    public static void ThrowIfAnswerTooLarge(int width, int height, int channels)
    {
        if ((long)width * height * channels > Array.MaxLength)
        {
            throw new ArgumentException(Guard.Text(
                $"A result of {channels} x {width}x{height} values is too large: an array holds {Array.MaxLength}. " +
                $"Scale the picture down, set a working size, or request labels only."));
        }
    }

    /// <summary>Refuses score maps with values that are infinite or NaN.</summary>
    /// <exception cref="ScoreOverflowException">There is such a value.</exception>
    public static void RefuseOverflow(ScoreMap scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (NonFinite.IndexIn(scores.Values.Span) < 0)
        {
            return;
        }

        for (var y = 0; y < scores.Height; y++)
        {
            for (var x = 0; x < scores.Width; x++)
            {
                for (var classId = 0; classId < scores.NumClasses; classId++)
                {
                    if (scores.Row(classId, y)[x] is var score && !float.IsFinite(score))
                    {
                        throw new ScoreOverflowException(x, y, classId, score, scores.Width, scores.Height);
                    }
                }
            }
        }
    }
}
