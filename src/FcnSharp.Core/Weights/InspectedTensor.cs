using System.Collections.Immutable;
using FcnSharp.Tensors;

namespace FcnSharp.Weights;

/// <summary>A tensor of a checkpoint: name, type and shape. Immutable.</summary>
public sealed class InspectedTensor
{
    internal InspectedTensor(string name, ElementType type, ImmutableArray<int> shape) =>
        (Name, Type, Shape) = (name, type, shape);

    /// <summary>The tensor's name in the file.</summary>
    public string Name { get; }

    /// <summary>Type of the elements.</summary>
    public ElementType Type { get; }

    /// <summary>Sizes, outermost first.</summary>
    public ImmutableArray<int> Shape { get; }
}
