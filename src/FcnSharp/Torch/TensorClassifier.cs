using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch;

/// <summary>From class scores to labels, on the device of the scores: bilinear resizing, arg-max and softmax. Only the answer leaves
/// it.</summary>
internal static class TensorClassifier
{
    private static readonly Scalar ByteMax = byte.MaxValue;

    /// <param name="scores">(1, C, h, w) 32-bit floats.</param>
    /// <param name="request">What to give, and its size.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    /// <exception cref="ScoreOverflowException">Scores are infinite or NaN.</exception>
    public static Classification Classify(Tensor scores, ClassificationRequest request, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        var (width, height) = (request.Width, request.Height);
        var resized = scores.size(2) == height && scores.size(3) == width
            ? scores
            : functional.interpolate(scores, [height, width], mode: InterpolationMode.Bilinear, align_corners: false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsFinite(resized))
        {
            EngineGuard.RefuseOverflow(ToScoreMap(resized));
        }

        var labels = TensorValues.Bytes(resized.argmax(1));
        using Scalar temperature = request.Temperature;
        var probabilities = request.Confidence || request.Probabilities
            ? functional.softmax(request.Temperature == 1 ? resized : resized.div(temperature), dim: 1)
            : null;
        return new Classification(
            new LabelMap(labels, width, height),
            request.Confidence ? new GrayImage(TensorValues.Bytes(probabilities!.amax([1]).mul_(ByteMax).round_()), width, height) : null,
            request.Probabilities ? ToScoreMap(probabilities!) : null);
    }

    /// <summary>Copies (1, C, h, w) out.</summary>
    public static ScoreMap ToScoreMap(Tensor scores) =>
        new(TensorValues.Floats(scores), (int)scores.size(1), (int)scores.size(3), (int)scores.size(2));

    /// <summary>Infinities are the smallest or the largest score, and NaN is both.</summary>
    private static bool IsFinite(Tensor scores)
    {
        var (smallest, largest) = scores.aminmax();
        return double.IsFinite(TensorValues.Number(smallest)) && double.IsFinite(TensorValues.Number(largest));
    }
}
