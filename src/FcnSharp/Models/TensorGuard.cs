using FcnSharp.Networks;
using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>Argument checks whose messages say what was expected, what came, and what to do.</summary>
internal static class TensorGuard
{
    /// <summary>Refuses a tensor that is not a (N, 3, H, W) batch of floating-point images.</summary>
    public static void ImageBatch(Tensor images, string name)
    {
        ArgumentNullException.ThrowIfNull(images, name);

        if (images.dim() != 4 || images.size(1) != 3 || images.size(2) < 1 || images.size(3) < 1)
        {
            throw new ArgumentException(
                $"Expected an image batch shaped (N, 3, H, W), but got {ShapeOf(images)}. " +
                "For a single (3, H, W) image call unsqueeze(0) first.",
                name);
        }

        if (!images.is_floating_point())
        {
            throw new ArgumentException(
                $"Expected floating-point images, normalised as the weights expect, but got {images.dtype}. For bytes: " +
                "(images.to(torch.float32) / 255 - mean) / deviation.",
                name);
        }
    }

    /// <summary>Refuses a network of another variant; returns the options of the network.</summary>
    public static FcnOptions Variant(FcnNetwork network, FcnVariant variant)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Options is FcnOptions options && options.Variant == variant
            ? options
            : throw OtherNetwork(network, $"of variant {variant}");
    }

    /// <summary>Refuses a network that is not a dilated FCN; returns the options of the network.</summary>
    public static DilatedFcnOptions Dilated(FcnNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Options as DilatedFcnOptions ?? throw OtherNetwork(network, "that is a dilated FCN");
    }

    /// <summary>Formats a shape for a message: <c>(1, 3, 500, 375)</c>.</summary>
    internal static string ShapeOf(Tensor tensor) => $"({string.Join(", ", tensor.shape)})";

    private static ArgumentException OtherNetwork(FcnNetwork network, string expected) =>
        new($"Expected a network {expected}, but got {network.Options.Kind}. Use {ModuleName(network.Options)}.From.",
            nameof(network));

    private static string ModuleName(NetworkOptions options) => options switch
    {
        FcnOptions { Variant: FcnVariant.Fcn4s } => nameof(FCN4s),
        FcnOptions { Variant: FcnVariant.Fcn8s } => nameof(FCN8s),
        FcnOptions { Variant: FcnVariant.Fcn16s } => nameof(FCN16s),
        FcnOptions => nameof(FCN32s),
        _ => nameof(FCNResNet),
    };
}
