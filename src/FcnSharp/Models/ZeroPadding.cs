using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>Fills pictures up with zeros, right and bottom.</summary>
internal static class ZeroPadding
{
    /// <summary>Rounds height and width up to multiples.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="multiple">In pixels; at least 1.</param>
    /// <returns><paramref name="images"/> itself where nothing is to be added.</returns>
    public static Tensor ToMultiple(Tensor images, int multiple)
    {
        var (bottom, right) = (Missing(images.size(2)), Missing(images.size(3)));
        return bottom == 0 && right == 0 ? images : functional.pad(images, (0, right, 0, bottom));

        long Missing(long size) => (multiple - (size % multiple)) % multiple;
    }
}
