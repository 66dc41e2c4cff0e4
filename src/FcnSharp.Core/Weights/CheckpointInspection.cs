using System.Collections.Immutable;
using FcnSharp.Networks;

namespace FcnSharp.Weights;

/// <summary>What a file holds and what would be loaded from it.</summary>
/// <param name="Format">How its bytes are laid out.</param>
/// <param name="Wrapper">The entry that holds the tensors; empty when they are at the top.</param>
/// <param name="Tensors">Every tensor, under its name in the file.</param>
/// <param name="Report">What loading would do; null when it would be refused.</param>
/// <param name="Refusal">Why loading would be refused, in one line; null when it would not.</param>
public sealed record CheckpointInspection(
    CheckpointFormat Format, string Wrapper, ImmutableArray<InspectedTensor> Tensors, LoadReport? Report, string? Refusal)
{
    /// <summary>What would be known of the network; null when loading would be refused.</summary>
    public ModelCard? Card { get; init; }
}
