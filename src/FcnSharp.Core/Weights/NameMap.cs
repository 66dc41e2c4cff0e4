using FcnSharp.Networks;

namespace FcnSharp.Weights;

/// <summary>How another tool names the layers of a network: a table from this library's state-dict names to theirs.</summary>
internal sealed class NameMap
{
    private readonly IReadOnlyDictionary<string, string> toForeign;

    private NameMap(IReadOnlyDictionary<string, string> toForeign) => this.toForeign = toForeign;

    /// <summary>The names of the published Caffe networks, which wkentaro/pytorch-fcn shares.</summary>
    /// <param name="variant">Which network: upsamplers are named differently in each.</param>
    public static NameMap Caffe(FcnVariant variant) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["conv1.0"] = "conv1_1",
        ["conv1.2"] = "conv1_2",
        ["conv2.0"] = "conv2_1",
        ["conv2.2"] = "conv2_2",
        ["conv3.0"] = "conv3_1",
        ["conv3.2"] = "conv3_2",
        ["conv3.4"] = "conv3_3",
        ["conv4.0"] = "conv4_1",
        ["conv4.2"] = "conv4_2",
        ["conv4.4"] = "conv4_3",
        ["conv5.0"] = "conv5_1",
        ["conv5.2"] = "conv5_2",
        ["conv5.4"] = "conv5_3",
        ["fc6.0"] = "fc6",
        ["fc7.0"] = "fc7",
        ["fc8"] = "score_fr",
        ["score_4b.0"] = "score_pool4",
        ["score_3b.0"] = "score_pool3",
        ["upscore"] = variant == FcnVariant.Fcn32s ? "upscore" : "upscore2",
        ["upscore_4b"] = variant == FcnVariant.Fcn16s ? "upscore16" : "upscore_pool4",
        ["upscore_3b"] = "upscore8",
    });

    /// <summary>Their name of one of our tensors: <c>conv1.0.weight</c> becomes <c>conv1_1.weight</c>.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such layer.</exception>
    public string ToForeign(string tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var dot = tensor.LastIndexOf('.');
        return dot > 0 && toForeign.TryGetValue(tensor[..dot], out var layer)
            ? layer + tensor[dot..]
            : throw new KeyNotFoundException($"The name map has no layer for the tensor {tensor}.");
    }
}
