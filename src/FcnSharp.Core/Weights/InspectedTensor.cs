using System.Collections.Immutable;
using FcnSharp.Tensors;

namespace FcnSharp.Weights;

/// <summary>A tensor that a file holds.</summary>
public sealed class InspectedTensor
{
    internal InspectedTensor(string name, ElementType type, ImmutableArray<int> shape) =>
        (Name, Type, Shape) = (name, type, shape);

    /// <summary>As the file calls it.</summary>
    public string Name { get; }

    /// <summary>Type of its numbers.</summary>
    public ElementType Type { get; }

    /// <summary>Sizes, outermost first.</summary>
    public ImmutableArray<int> Shape { get; }
}
