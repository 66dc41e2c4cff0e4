using FcnSharp.Imaging;

namespace FcnSharp.Prediction;

/// <summary>A picture as a network is shown it.</summary>
/// <param name="Picture">At the size for the network.</param>
/// <param name="Mirrored">Whether left and right are swapped.</param>
internal readonly record struct PictureView(RgbImage Picture, bool Mirrored);
