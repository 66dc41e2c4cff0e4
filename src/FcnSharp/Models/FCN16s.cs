using FcnSharp.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>
/// FCN-16s (Long, Shelhamer and Darrell, 2015): scores at stride 32, sharpened by a skip connection from stride 16 (pool4 of VGG-16, layer3
/// of a ResNet), upsampled to the size of the picture.
/// </summary>
/// <remarks>Not thread-safe: give each thread its own model, or serialise the calls.</remarks>
public sealed class FCN16s : FcnModule
{
    private readonly FcnAlignment alignment;
    private readonly Trunk trunk;
    private readonly Conv2d fc8, score_4b;
    private readonly ConvTranspose2d upscore, upscore_4b;

    /// <inheritdoc cref="FCN8s(FcnOptions?, FcnLearningOptions?)"/>
    public FCN16s(FcnOptions? options = null, FcnLearningOptions? learning = null)
        : base(nameof(FCN16s), (options ?? new FcnOptions()) with { Variant = FcnVariant.Fcn16s })
    {
        var layers = new LayerBuilder(this, Options, learning);

        alignment = layers.Alignment;
        trunk = layers.Trunk();
        fc8 = layers.Score("fc8");
        score_4b = layers.Score("score_4b.0");
        upscore = layers.Upsampling("upscore");
        upscore_4b = layers.Upsampling("upscore_4b");
    }

    /// <inheritdoc cref="FcnModule.forward"/>
    public override Tensor forward(Tensor images)
    {
        TensorGuard.ImageBatch(images, nameof(images));
        using var scope = NewDisposeScope();

        var (_, _, stride16, stride32) = trunk.Run(ZeroPadding.ToMultiple(images, alignment.SizeMultiple));

        var coarse = upscore.call(fc8.call(stride32));                                                    // 32 -> 16
        var fused16 = SkipConnection.Add(coarse, score_4b.call(stride16), alignment.Pool4Offset);

        var scores = upscore_4b.call(fused16);                                                            // 16 -> 1
        return Crop.Like(scores, alignment.ImageOffset, images).contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc cref="FCN8s.From"/>
    /// <param name="network">An FCN-16s. Its card is not kept; see <see cref="FcnModule.ToNetwork"/>.</param>
    /// <param name="learning">Options for further training; null means the defaults.</param>
    public static new FCN16s From(FcnNetwork network, FcnLearningOptions? learning = null)
    {
        var options = TensorGuard.Variant(network, FcnVariant.Fcn16s);
        return StateDictTransfer.Loaded(new FCN16s(options, learning), network);
    }

    /// <summary>
    /// Initialises this network from a trained FCN-32s: trunk and head are copied; the new score layer at stride 16 is zero, and every
    /// upsampling layer is bilinear.
    /// </summary>
    /// <inheritdoc cref="FCN8s.InitializeFrom"/>
    public void InitializeFrom(FCN32s coarser)
    {
        ArgumentNullException.ThrowIfNull(coarser);
        StagedInitialization.Run(this, coarser);
    }
}
