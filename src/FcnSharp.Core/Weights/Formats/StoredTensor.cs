using System.Collections.Immutable;
using FcnSharp.Networks;

namespace FcnSharp.Weights.Formats;

/// <summary>A tensor of a checkpoint that has been found and checked, but not read.</summary>
/// <param name="Name">As the file calls it.</param>
/// <param name="Dtype">Type of its numbers, called as in safetensors files.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Read">Reads the numbers, row-major; the file must still be open.</param>
internal sealed record StoredTensor(string Name, string Dtype, ImmutableArray<int> Shape, Func<float[]> Read)
{
    /// <summary>Bytes that its elements take in the file.</summary>
    public long StoredBytes => Shape.Aggregate(1L, (count, size) => count * size) * (SafetensorsEntry.SizeOf(Dtype) ?? 1);
}
