using System.Collections.Immutable;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Formats;

/// <summary>A tensor of a checkpoint that has been found and checked, but not read.</summary>
/// <param name="Name">As the file calls it.</param>
/// <param name="Type">Type of its numbers.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="StoredBytes">Bytes of the file for it: its elements, and what lies between the first and the last of them.</param>
/// <param name="Read">Reads the numbers, row-major, into as many floats; the file must still be open.</param>
internal sealed record StoredTensor(string Name, ElementType Type, ImmutableArray<int> Shape, long StoredBytes, ReadNumbers Read);

/// <summary>Fills the numbers of a tensor.</summary>
internal delegate void ReadNumbers(Span<float> values);
