using FcnSharp.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>FCN-32s (Long, Shelhamer and Darrell, 2015): scores at stride 32, upsampled to the size of the picture in one
/// step.</summary>
/// <remarks>Not thread-safe: give each thread its own model, or serialise the calls.</remarks>
public sealed class FCN32s : FcnModule
{
    private readonly FcnAlignment alignment;
    private readonly Trunk trunk;
    private readonly Conv2d fc8;
    private readonly ConvTranspose2d upscore;

    /// <inheritdoc cref="FCN8s(FcnOptions?, FcnLearningOptions?)"/>
    public FCN32s(FcnOptions? options = null, FcnLearningOptions? learning = null)
        : base(nameof(FCN32s), (options ?? new FcnOptions()) with { Variant = FcnVariant.Fcn32s })
    {
        var layers = new LayerBuilder(this, Options, learning);

        alignment = layers.Alignment;
        trunk = layers.Trunk();
        fc8 = layers.Score("fc8");
        upscore = layers.Upsampling("upscore");
    }

    /// <inheritdoc cref="FcnModule.forward"/>
    public override Tensor forward(Tensor images)
    {
        TensorGuard.ImageBatch(images, nameof(images));
        using var scope = NewDisposeScope();

        var (_, _, _, stride32) = trunk.Run(ZeroPadding.ToMultiple(images, alignment.SizeMultiple));

        var scores = upscore.call(fc8.call(stride32));                                                    // 32 -> 1
        return Crop.Like(scores, alignment.ImageOffset, images).contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc cref="FCN8s.From"/>
    /// <param name="network">An FCN-32s. Its card is not kept; see <see cref="FcnModule.ToNetwork"/>.</param>
    /// <param name="learning">Options for further training; null means the defaults.</param>
    public static new FCN32s From(FcnNetwork network, FcnLearningOptions? learning = null)
    {
        var options = TensorGuard.Variant(network, FcnVariant.Fcn32s);
        return StateDictTransfer.Loaded(new FCN32s(options, learning), network);
    }
}
