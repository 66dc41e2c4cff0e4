using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Learning;

/// <summary>The loss of a batch: the cross-entropy of the labelled pixels, and optionally the Dice loss.</summary>
/// <remarks>
/// With p the softmax of a pixel's scores, c its class and w the class weights, a pixel's cross-entropy is -w[c] ln p[c].
/// <see cref="LossReduction.Mean"/> divides the sum of these by the sum of w[c], as PyTorch does. A batch without labelled pixels has
/// a loss of zero and gradients of zero. Not thread-safe.
/// </remarks>
internal sealed class PixelLoss : IDisposable
{
    private readonly LossOptions options;
    private readonly int ignoreId;
    private readonly Tensor smallest;
    private readonly Tensor weightsById;
    private readonly Tensor? weights;
    private readonly DiceLoss? dice;

    /// <param name="options">The options of the loss; <see cref="LossOptions.Weighting"/> is ignored.</param>
    /// <param name="classWeights">A weight for every class; null for none.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="ignoreId">The label, 0 or more, of ignored pixels.</param>
    /// <param name="device">The device of scores and labels.</param>
    public PixelLoss(LossOptions options, IReadOnlyList<double>? classWeights, int classes, int ignoreId, Device device)
    {
        using var scope = NewDisposeScope();
        (this.options, this.ignoreId) = (options, ignoreId);
        smallest = tensor(float.Epsilon, device: device).DetachFromDisposeScope();
        weightsById = tensor(WeightsById(classWeights, classes, ignoreId), device: device).DetachFromDisposeScope();
        weights = classWeights is null ? null : weightsById.narrow(0, 0, classes).clone().DetachFromDisposeScope();
        dice = options.DiceShare > 0 ? new DiceLoss(classes, ignoreId, device) : null;
    }

    /// <summary>Computes the loss of a batch.</summary>
    /// <param name="scores">(N, C, H, W) 32-bit floats.</param>
    /// <param name="labels">(N, H, W) 64-bit integers: class ids, or the ignored id.</param>
    /// <returns>A scalar tensor with a gradient, in the caller's dispose scope.</returns>
    public Tensor Of(Tensor scores, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var counted = weightsById.index_select(0, labels.flatten()).sum();
        var loss = functional.cross_entropy(scores, labels, weights, ignoreId, Reduction.Sum);
        if (options.Reduction == LossReduction.Mean)
        {
            loss = loss.div(counted.maximum(smallest));
        }

        return (dice is null ? loss : WithDice(loss, scores, labels, counted)).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        smallest.Dispose();
        weightsById.Dispose();
        weights?.Dispose();
        dice?.Dispose();
    }

    private Tensor WithDice(Tensor crossEntropy, Tensor scores, Tensor labels, Tensor counted)
    {
        using Scalar diceShare = options.DiceShare;
        using Scalar crossEntropyShare = 1 - options.DiceShare;
        var overlap = dice!.Of(scores, labels);
        var scaled = options.Reduction == LossReduction.Sum ? overlap.mul(counted) : overlap;
        return crossEntropy.mul(crossEntropyShare).add(scaled, diceShare);
    }

    private static float[] WeightsById(IReadOnlyList<double>? classWeights, int classes, int ignoreId)
    {
        var byId = new float[Math.Max(classes, ignoreId + 1)];
        for (var id = 0; id < classes; id++)
        {
            byId[id] = id == ignoreId ? 0 : (float)(classWeights?[id] ?? 1);
        }

        return byId;
    }
}
