using FcnSharp.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>
/// torchvision's FCN: a dilated ResNet, scores at stride 8, upsampled bilinearly to the size of the picture. Its state dict is that of
/// <c>fcn_resnet50</c> and <c>fcn_resnet101</c>.
/// </summary>
/// <remarks>Not thread-safe: give each thread its own model, or serialise the calls.</remarks>
public sealed class FCNResNet : FcnModule
{
    private readonly Trunk trunk;
    private readonly FcnHead classifier;
    private readonly FcnHead? aux_classifier;

    /// <summary>Builds the network with random weights, in training mode, on the CPU.</summary>
    /// <param name="options">Null means the defaults: Pascal VOC's 21 classes on a ResNet-50.</param>
    /// <param name="learning">Auxiliary head and frozen norms; null means the defaults.</param>
    /// <exception cref="ArgumentException">The trunk is not a ResNet of bottlenecks.</exception>
    public FCNResNet(DilatedFcnOptions? options = null, FcnLearningOptions? learning = null)
        : base(nameof(FCNResNet), options ?? new DilatedFcnOptions())
    {
        var layers = new LayerBuilder(this, Options, learning);

        trunk = layers.Trunk();
        classifier = layers.Head("classifier", stage: 4);
        aux_classifier = learning is { AuxiliaryLossWeight: 0 } ? null : layers.Head("aux_classifier", stage: 3);
    }

    /// <inheritdoc cref="FcnModule.forward"/>
    public override Tensor forward(Tensor images)
    {
        TensorGuard.ImageBatch(images, nameof(images));
        using var scope = NewDisposeScope();

        var (_, _, _, layer4) = trunk.Run(images);                                                        // stride 8

        return Enlarged(classifier.Run(layer4), images).MoveToOuterDisposeScope();                        // 8 -> 1
    }

    /// <summary>Scores every class at every pixel twice: by the main head, and by the auxiliary head on <c>layer3</c>, whose loss also
    /// trains the trunk.</summary>
    /// <param name="images">As for <see cref="forward"/>.</param>
    /// <returns>Two tensors (N, NumClasses, H, W) of raw scores. The caller disposes both.</returns>
    /// <exception cref="InvalidOperationException">The network was built without an auxiliary head.</exception>
    public (Tensor Scores, Tensor Auxiliary) ForwardWithAuxiliary(Tensor images)
    {
        TensorGuard.ImageBatch(images, nameof(images));
        if (aux_classifier is null)
        {
            throw new InvalidOperationException($"This network has no auxiliary head. Build it with an " +
                $"{nameof(FcnLearningOptions)}.{nameof(FcnLearningOptions.AuxiliaryLossWeight)} above 0.");
        }

        using var scope = NewDisposeScope();

        var (_, _, layer3, layer4) = trunk.Run(images);                                                   // stride 8

        return (Enlarged(classifier.Run(layer4), images).MoveToOuterDisposeScope(),
            Enlarged(aux_classifier.Run(layer3), images).MoveToOuterDisposeScope());                      // 8 -> 1
    }

    /// <inheritdoc cref="FCN8s.From"/>
    /// <param name="network">A dilated FCN. Its card is not kept; see <see cref="FcnModule.ToNetwork"/>. The auxiliary head, which a
    /// <see cref="FcnNetwork"/> does not contain, is reinitialised.</param>
    /// <param name="learning">Options for further training; null means the defaults.</param>
    public static new FCNResNet From(FcnNetwork network, FcnLearningOptions? learning = null)
    {
        var options = TensorGuard.Dilated(network);
        return StateDictTransfer.Loaded(new FCNResNet(options, learning), network);
    }

    private static Tensor Enlarged(Tensor scores, Tensor images) => functional.interpolate(
        scores, size: [images.size(2), images.size(3)], mode: InterpolationMode.Bilinear, align_corners: false);
}
