using System.Collections.Immutable;

namespace FcnSharp.Weights;

/// <summary>A tensor that a file holds.</summary>
/// <param name="Name">As the file calls it.</param>
/// <param name="Dtype">Type of its numbers, called as in safetensors files: F32, F16, BF16, F64, I64, ...</param>
/// <param name="Shape">Sizes, outermost first.</param>
public sealed record InspectedTensor(string Name, string Dtype, ImmutableArray<int> Shape);
