using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>Crops a map to the size of another.</summary>
internal static class Crop
{
    /// <summary>The view of <paramref name="map"/> that starts at (offset, offset) and has the height and width of
    /// <paramref name="like"/>.</summary>
    /// <param name="map">(N, C, H, W), larger than <paramref name="like"/> by at least <paramref name="offset"/> on each side.</param>
    /// <param name="offset">Rows and columns to skip, in cells of <paramref name="map"/>.</param>
    /// <param name="like">(N, any, h, w), the map to align with.</param>
    /// <returns>(N, C, h, w), sharing memory with <paramref name="map"/>.</returns>
    public static Tensor Like(Tensor map, int offset, Tensor like) =>
        map.narrow(2, offset, like.size(2)).narrow(3, offset, like.size(3));
}
