using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch;

/// <summary>Converts class scores to labels on the device of the scores: bilinear resizing, arg-max and softmax. Only the result is
/// copied from the device.</summary>
internal static class TensorClassifier
{
    private static readonly Scalar ByteMax = byte.MaxValue;

    /// <param name="scores">(1, C, h, w) 32-bit floats.</param>
    /// <param name="request">The size and the contents of the result.</param>
    /// <param name="cancellationToken">Cancels the computation between two of its steps.</param>
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

    /// <summary>Copies (1, C, h, w) to a score map.</summary>
    public static ScoreMap ToScoreMap(Tensor scores) =>
        new(TensorValues.Floats(scores), (int)scores.size(1), (int)scores.size(3), (int)scores.size(2));

    /// <summary>An infinity is the minimum or the maximum of the scores, and a NaN makes both NaN.</summary>
    private static bool IsFinite(Tensor scores)
    {
        var (smallest, largest) = scores.aminmax();
        return double.IsFinite(TensorValues.Number(smallest)) && double.IsFinite(TensorValues.Number(largest));
    }
}
