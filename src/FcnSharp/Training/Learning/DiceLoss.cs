using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Learning;

/// <summary>The soft Dice loss of a batch, which measures the overlap of predicted and true areas.</summary>
/// <remarks>
/// With p[i, c] the softmax and g[i, c] 1 if pixel i is of class c and 0 otherwise, summed over the labelled pixels, class c has the
/// loss 1 - 2 sum(p g) / (sum(p) + sum(g)) (Drozdzal et al., 2016, section 3.1; after Milletari, Navab and Ahmadi, V-Net, 2016, who square
/// p and g). The result is the mean over the classes that occur in the batch; 0 if there are none.
/// </remarks>
internal sealed class DiceLoss : IDisposable
{
    private const int MatchesNothing = -1;

    private static readonly Scalar Once = 1f;
    private static readonly Scalar MinusTwice = -2f;
    private static readonly Scalar Nothing = 0f;

    private readonly Tensor ids;
    private readonly Tensor ignored;
    private readonly Tensor smallest;
    private readonly Tensor one;

    public DiceLoss(int classes, int ignoreId, Device device)
    {
        using var scope = NewDisposeScope();
        var idsThatCount = Enumerable.Range(0, classes).Select(id => id == ignoreId ? MatchesNothing : (long)id).ToArray();
        ids = tensor(idsThatCount, device: device).view(1, classes, 1, 1).clone().DetachFromDisposeScope();
        ignored = tensor((long)ignoreId, device: device).DetachFromDisposeScope();
        smallest = tensor(float.Epsilon, device: device).DetachFromDisposeScope();
        one = tensor(1f, device: device).DetachFromDisposeScope();
    }

    /// <param name="scores">(N, C, H, W) 32-bit floats.</param>
    /// <param name="labels">(N, H, W) 64-bit integers: class ids, or the ignored id.</param>
    /// <returns>A scalar tensor, 0 to 1, in the caller's dispose scope.</returns>
    public Tensor Of(Tensor scores, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var map = labels.unsqueeze(1);                                                    // (N, 1, H, W)
        var truth = map.eq(ids);                                                          // (N, C, H, W)
        var probabilities = functional.softmax(scores, dim: 1).mul(map.ne(ignored));

        var overlap = PerClass(probabilities.mul(truth));
        var trueArea = PerClass(truth);
        var areas = PerClass(probabilities).add(trueArea, Once);
        var losses = areas.add(overlap, MinusTwice).div(areas.maximum(smallest));

        var present = trueArea.gt(Nothing);
        return losses.mul(present).sum().div(present.sum().maximum(one)).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        ids.Dispose();
        ignored.Dispose();
        smallest.Dispose();
        one.Dispose();
    }

    /// <summary>Sums (N, C, H, W) to (C).</summary>
    private static Tensor PerClass(Tensor map) => map.sum([0, 2, 3], type: ScalarType.Float32);
}
