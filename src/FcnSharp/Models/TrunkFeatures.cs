using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>What the score layers read.</summary>
/// <param name="Pool3">(N, Stage3, h, w) at stride 8; scaled in networks whose skips are trained at once.</param>
/// <param name="Pool4">(N, Stage4, h, w) at stride 16; scaled likewise.</param>
/// <param name="Fc7">(N, Head, h, w) at stride 32.</param>
internal readonly record struct TrunkFeatures(Tensor Pool3, Tensor Pool4, Tensor Fc7);
