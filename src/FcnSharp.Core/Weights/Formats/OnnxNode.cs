using System.Collections.Immutable;
using FcnSharp.Support;

namespace FcnSharp.Weights.Formats;

/// <summary>An operation of an ONNX graph.</summary>
internal sealed record OnnxNode(
    string Operation, ImmutableArray<string> Inputs, ImmutableArray<string> Outputs, ImmutableArray<OnnxAttribute> Attributes)
{
    /// <summary>The first output.</summary>
    public string Result => Outputs[0];

    /// <summary>The operation and its first output, for messages.</summary>
    public string Description => FileText.Shown($"{Operation} {Result}");

    /// <summary>The integers of an attribute; the default if the node lacks it.</summary>
    public ImmutableArray<long> Numbers(string name, params ImmutableArray<long> otherwise) =>
        Find(name)?.Numbers ?? otherwise;

    /// <summary>The float of an attribute; the default if the node lacks it.</summary>
    public float SingleOf(string name, float otherwise) => Find(name)?.Single ?? otherwise;

    /// <summary>The string of an attribute; empty if the node lacks it.</summary>
    public string TextOf(string name) => Find(name)?.Text ?? "";

    /// <summary>The exception that says why the node is not read, and what to do instead.</summary>
    public ContentException Refused(string why, string advice) => new($"its node {Description} {FileText.Shown(why, 160)}.", advice);

    private OnnxAttribute? Find(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name);
}

/// <summary>An attribute of a node.</summary>
/// <param name="Name">The name of the attribute.</param>
/// <param name="Numbers">The integer or integers; empty for an attribute of another type.</param>
/// <param name="Single">The float; 0 for an attribute of another type.</param>
/// <param name="Text">The string; empty for an attribute of another type.</param>
internal sealed record OnnxAttribute(string Name, ImmutableArray<long> Numbers, float Single, string Text)
{
    /// <summary>The tensor; null for an attribute of another type.</summary>
    public OnnxTensor? Tensor { get; init; }
}

/// <summary>A constant tensor.</summary>
/// <param name="Stored">The tensor as an entry of the file.</param>
/// <param name="WholeNumbers">The values of a short integer tensor; default for another tensor.</param>
internal sealed record OnnxTensor(StoredTensor Stored, ImmutableArray<long> WholeNumbers);

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">The name of the value.</param>
/// <param name="Shape">Sizes, outermost first; 0 for a dynamic size.</param>
internal sealed record OnnxValue(string Name, ImmutableArray<long> Shape);
