using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>Pads pictures with zeros on the right and at the bottom.</summary>
internal static class ZeroPadding
{
    /// <summary>Pads height and width to multiples.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="multiple">The multiple, in pixels; at least 1.</param>
    /// <returns>The padded batch; <paramref name="images"/> itself if no padding is needed.</returns>
    public static Tensor ToMultiple(Tensor images, int multiple)
    {
        var (bottom, right) = (Missing(images.size(2)), Missing(images.size(3)));
        return bottom == 0 && right == 0 ? images : functional.pad(images, (0, right, 0, bottom));

        long Missing(long size) => (multiple - (size % multiple)) % multiple;
    }
}
