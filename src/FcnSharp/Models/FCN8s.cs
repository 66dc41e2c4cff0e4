using FcnSharp.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>
/// FCN-8s (Long, Shelhamer and Darrell, 2015): scores at stride 32, sharpened by skip connections from strides 16 and 8 (pool4 and pool3 of
/// VGG-16, layer3 and layer2 of a ResNet), upsampled to the size of the picture.
/// </summary>
/// <remarks>Not thread-safe: give each thread its own model, or serialise the calls.</remarks>
public sealed class FCN8s : FcnModule
{
    private readonly FcnAlignment alignment;
    private readonly Trunk trunk;
    private readonly Conv2d fc8, score_4b, score_3b;
    private readonly ConvTranspose2d upscore, upscore_4b, upscore_3b;

    /// <summary>Builds the network with random weights, in training mode, on the CPU.</summary>
    /// <param name="options">Null means the defaults: Pascal VOC's 21 classes, compact layout. <see cref="FcnOptions.Variant"/> is ignored:
    /// the class determines the variant.</param>
    /// <param name="learning">Dropout and upsampling; null means the defaults.</param>
    /// <exception cref="ArgumentException">The options contradict each other; see <see cref="FcnOptions.Validate"/>.</exception>
    public FCN8s(FcnOptions? options = null, FcnLearningOptions? learning = null)
        : base(nameof(FCN8s), (options ?? new FcnOptions()) with { Variant = FcnVariant.Fcn8s })
    {
        var layers = new LayerBuilder(this, Options, learning);

        alignment = layers.Alignment;
        trunk = layers.Trunk();
        fc8 = layers.Score("fc8");
        score_4b = layers.Score("score_4b.0");
        score_3b = layers.Score("score_3b.0");
        upscore = layers.Upsampling("upscore");
        upscore_4b = layers.Upsampling("upscore_4b");
        upscore_3b = layers.Upsampling("upscore_3b");
    }

    /// <inheritdoc cref="FcnModule.forward"/>
    public override Tensor forward(Tensor images)
    {
        TensorGuard.ImageBatch(images, nameof(images));
        using var scope = NewDisposeScope();

        var (_, stride8, stride16, stride32) = trunk.Run(ZeroPadding.ToMultiple(images, alignment.SizeMultiple));

        var coarse = upscore.call(fc8.call(stride32));                                                    // 32 -> 16
        var fused16 = SkipConnection.Add(coarse, score_4b.call(stride16), alignment.Pool4Offset);

        var middle = upscore_4b.call(fused16);                                                            // 16 -> 8
        var fused8 = SkipConnection.Add(middle, score_3b.call(stride8), alignment.Pool3Offset);

        var scores = upscore_3b.call(fused8);                                                             // 8 -> 1
        return Crop.Like(scores, alignment.ImageOffset, images).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Builds the network that <paramref name="network"/> describes and copies its tensors, in evaluation mode, on the
    /// CPU.</summary>
    /// <param name="network">An FCN-8s. Its card is not kept; see <see cref="FcnModule.ToNetwork"/>.</param>
    /// <param name="learning">Options for further training; null means the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="network"/> is of another variant.</exception>
    public static new FCN8s From(FcnNetwork network, FcnLearningOptions? learning = null)
    {
        var options = TensorGuard.Variant(network, FcnVariant.Fcn8s);
        return StateDictTransfer.Loaded(new FCN8s(options, learning), network);
    }

    /// <summary>
    /// Initialises this network from a trained FCN-16s: trunk, head and the score layer at stride 16 are copied; the new score layer at
    /// stride 8 is zero, and every upsampling layer is bilinear.
    /// </summary>
    /// <param name="coarser">A network with the same options except the variant. It is not changed.</param>
    /// <exception cref="ArgumentException">The options differ.</exception>
    public void InitializeFrom(FCN16s coarser)
    {
        ArgumentNullException.ThrowIfNull(coarser);
        StagedInitialization.Run(this, coarser);
    }
}
