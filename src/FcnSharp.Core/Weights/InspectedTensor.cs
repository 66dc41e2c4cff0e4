using System.Collections.Immutable;
using FcnSharp.Tensors;

namespace FcnSharp.Weights;

/// <summary>A tensor that a file holds.</summary>
/// <param name="Name">As the file calls it.</param>
/// <param name="Type">Type of its numbers.</param>
/// <param name="Shape">Sizes, outermost first.</param>
public sealed record InspectedTensor(string Name, ElementType Type, ImmutableArray<int> Shape);
