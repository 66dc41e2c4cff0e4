using FcnSharp.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>
/// FCN-4s: FCN-8s (Long, Shelhamer and Darrell, 2015) with one more skip connection of the same kind, from stride 4, for objects that are
/// too thin for stride 8. Compact layout only.
/// </summary>
/// <remarks>Not thread-safe: give each thread its own model, or serialise the calls.</remarks>
public sealed class FCN4s : FcnModule
{
    private readonly FcnAlignment alignment;
    private readonly Trunk trunk;
    private readonly Conv2d fc8, score_4b, score_3b, score_2b;
    private readonly ConvTranspose2d upscore, upscore_4b, upscore_3b, upscore_2b;

    /// <inheritdoc cref="FCN8s(FcnOptions?, FcnLearningOptions?)"/>
    public FCN4s(FcnOptions? options = null, FcnLearningOptions? learning = null)
        : base(nameof(FCN4s), (options ?? new FcnOptions()) with { Variant = FcnVariant.Fcn4s })
    {
        var layers = new LayerBuilder(this, Options, learning);

        alignment = layers.Alignment;
        trunk = layers.Trunk();
        fc8 = layers.Score("fc8");
        score_4b = layers.Score("score_4b.0");
        score_3b = layers.Score("score_3b.0");
        score_2b = layers.Score("score_2b.0");
        upscore = layers.Upsampling("upscore");
        upscore_4b = layers.Upsampling("upscore_4b");
        upscore_3b = layers.Upsampling("upscore_3b");
        upscore_2b = layers.Upsampling("upscore_2b");
    }

    /// <inheritdoc cref="FcnModule.forward"/>
    public override Tensor forward(Tensor images)
    {
        TensorGuard.ImageBatch(images, nameof(images));
        using var scope = NewDisposeScope();

        var (stride4, stride8, stride16, stride32) = trunk.Run(ZeroPadding.ToMultiple(images, alignment.SizeMultiple));

        var coarse = upscore.call(fc8.call(stride32));                                                    // 32 -> 16
        var fused16 = SkipConnection.Add(coarse, score_4b.call(stride16), offset: 0);

        var middle = upscore_4b.call(fused16);                                                            // 16 -> 8
        var fused8 = SkipConnection.Add(middle, score_3b.call(stride8), offset: 0);

        var fine = upscore_3b.call(fused8);                                                               // 8 -> 4
        var fused4 = SkipConnection.Add(fine, score_2b.call(stride4), offset: 0);

        var scores = upscore_2b.call(fused4);                                                             // 4 -> 1
        return Crop.Like(scores, alignment.ImageOffset, images).contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc cref="FCN8s.From"/>
    /// <param name="network">An FCN-4s. Its card is not kept; see <see cref="FcnModule.ToNetwork"/>.</param>
    /// <param name="learning">Options for further training; null means the defaults.</param>
    public static new FCN4s From(FcnNetwork network, FcnLearningOptions? learning = null)
    {
        var options = TensorGuard.Variant(network, FcnVariant.Fcn4s);
        return StateDictTransfer.Loaded(new FCN4s(options, learning), network);
    }

    /// <summary>
    /// Initialises this network from a trained FCN-8s: trunk, head and the score layers at strides 16 and 8 are copied; the new score layer
    /// at stride 4 is zero, and every upsampling layer is bilinear.
    /// </summary>
    /// <inheritdoc cref="FCN8s.InitializeFrom"/>
    public void InitializeFrom(FCN8s coarser)
    {
        ArgumentNullException.ThrowIfNull(coarser);
        StagedInitialization.Run(this, coarser);
    }
}
