using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Support;

namespace FcnSharp.Weights.Formats;

/// <summary>The initializers of an ONNX file that a network takes, and the unique names of its operations.</summary>
/// <param name="file">The file.</param>
/// <param name="advice">What to do about a node that does not fit.</param>
internal sealed partial class OnnxWeights(OnnxFile file, string advice)
{
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal) { "image" };
    private readonly ImmutableArray<StoredTensor>.Builder tensors = ImmutableArray.CreateBuilder<StoredTensor>();

    /// <summary>The initializers that were taken, under the names of the network's tensors.</summary>
    public ImmutableArray<StoredTensor> Taken => tensors.ToImmutable();

    /// <summary>Whether an initializer was taken or read.</summary>
    public bool Uses(string initializer) => used.Contains(initializer);

    /// <summary>The weight of a convolution, transposed or not.</summary>
    public StoredTensor KernelOf(OnnxNode node) =>
        Get(node, 1) is { Shape: [_, _, var rows, var columns] } weight && rows == columns
            && node.Numbers("group", 1) is [1] && node.TextOf("auto_pad") is "" or "NOTSET"
            ? weight
            : throw Refused(node, "has a kernel that is not square, groups or automatic padding");

    /// <summary>Takes the bias of a convolution, if it has one.</summary>
    public bool TakeBias(OnnxNode node, string layer)
    {
        var hasBias = node.Inputs.Length > 2 && node.Inputs[2].Length > 0;
        if (hasBias)
        {
            Take(node, 2, $"{layer}.bias");
        }

        return hasBias;
    }

    /// <summary>Takes the tensors of a batch normalisation, whose epsilon must be PyTorch's default, which is also ONNX's.</summary>
    public void TakeNorm(OnnxNode node, string name)
    {
        var epsilon = node.SingleOf("epsilon", (float)BatchNormFolding.Epsilon);
        if (Math.Abs(epsilon - BatchNormFolding.Epsilon) > BatchNormFolding.Epsilon / 1000)
        {
            throw Refused(node, FormattableString.Invariant($"has an epsilon other than {BatchNormFolding.Epsilon:0.#####}"));
        }

        for (var i = 0; i < ConvolutionNode.NormTensors.Count; i++)
        {
            Take(node, i + 1, $"{name}.{ConvolutionNode.NormTensors[i]}");
        }
    }

    /// <summary>Takes an initializer under the name of the network's tensor.</summary>
    public void Take(OnnxNode node, int input, string name)
    {
        var tensor = Get(node, input);
        used.Add(tensor.Name);
        tensors.Add(tensor with { Name = name });
    }

    /// <summary>An input of a node that must be an initializer.</summary>
    public StoredTensor Get(OnnxNode node, int input) =>
        input < node.Inputs.Length && file.Initializers.TryGetValue(node.Inputs[input], out var tensor)
            ? tensor
            : throw Refused(node, $"has an input {input} that is not an initializer");

    /// <summary>Whether an input is the constant zero.</summary>
    public bool IsZero(OnnxNode node, int input)
    {
        var tensor = Get(node, input);
        used.Add(tensor.Name);
        var value = new float[1];
        if (tensor.Shape.Any(size => size != 1))
        {
            return false;
        }

        tensor.Read(value);
        return value[0] == 0;
    }

    /// <summary>A new name for a layer: that of its weight, if the weight follows PyTorch's convention.</summary>
    public string NameOfLayer(StoredTensor weight, string otherwise) => NameOf(Layer(weight.Name) ?? otherwise);

    /// <summary>The name, with a number appended if it is already used.</summary>
    public string NameOf(string wanted)
    {
        var name = wanted;
        for (var number = 2; !names.Add(name); number++)
        {
            name = Guard.Text($"{wanted}{number}");
        }

        return name;
    }

    /// <summary>The layer of a weight, from its name; null if the name does not follow that convention.</summary>
    private static string? Layer(string weight) =>
        weight.EndsWith(".weight", StringComparison.Ordinal) && LayerName().IsMatch(weight) ? weight[..^".weight".Length] : null;

    [GeneratedRegex(@"^[\w.]{1,200}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LayerName();

    private ContentException Refused(OnnxNode node, string why) => node.Refused(why, advice);
}
