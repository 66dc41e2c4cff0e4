using System.Collections.Immutable;
using FcnSharp.Weights.Formats;

namespace FcnSharp.Weights.Loading;

/// <summary>A tensor of the file that has a place in our networks.</summary>
/// <param name="Stored">The tensor in the file.</param>
/// <param name="ForeignName">Its name without prefixes.</param>
/// <param name="Shape">Its shape with ours: a fully connected layer as the convolution that it is.</param>
internal sealed record FoundTensor(StoredTensor Stored, string ForeignName, ImmutableArray<int> Shape);
