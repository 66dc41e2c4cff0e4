namespace FcnSharp.Weights;

/// <summary>The output of an exported ONNX graph. Immutable; change a copy with <c>with</c>.</summary>
public sealed record OnnxOptions
{
    /// <summary>
    /// Whether the graph ends with the arg-max: <c>labels</c>, (N, H, W) int64, instead of <c>scores</c>, (N, classes, H, W) float.
    /// The default is false.
    /// </summary>
    public bool ArgMax { get; init; }
}
