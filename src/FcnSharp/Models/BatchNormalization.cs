using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>Batch normalisation of every channel (Ioffe and Szegedy, 2015), with PyTorch's momentum and epsilon.</summary>
/// <remarks>
/// Replaces TorchSharp's BatchNorm2d, which in training counts its batches by adding a temporary scalar that the garbage collector may free
/// while native code reads it (TorchSharp 0.107). The count does not change the output, so this module has none.
/// </remarks>
internal sealed class BatchNormalization : Module<Tensor, Tensor>
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;

    private readonly Parameter weight, bias;
    private readonly Tensor running_mean, running_var;
    private readonly bool isFrozen;

    /// <param name="channels">Channels of the map.</param>
    /// <param name="isFrozen">Whether scale, shift and statistics do not change in training.</param>
    public BatchNormalization(int channels, bool isFrozen)
        : base(nameof(BatchNormalization))
    {
        this.isFrozen = isFrozen;
        weight = Parameter(ones(channels), requires_grad: !isFrozen);
        bias = Parameter(zeros(channels), requires_grad: !isFrozen);
        running_mean = zeros(channels);
        running_var = ones(channels);
        RegisterComponents();
    }

    /// <summary>The normalised map, in the caller's dispose scope.</summary>
    public override Tensor forward(Tensor map) =>
        functional.batch_norm(map, running_mean, running_var, weight, bias, training && !isFrozen, Momentum, Epsilon);
}
