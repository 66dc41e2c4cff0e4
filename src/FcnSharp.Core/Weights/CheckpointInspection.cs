using System.Collections.Immutable;
using FcnSharp.Networks;

namespace FcnSharp.Weights;

/// <summary>What a file holds and what would be loaded from it.</summary>
public sealed class CheckpointInspection
{
    internal CheckpointInspection(CheckpointFormat format, string wrapper, ImmutableArray<InspectedTensor> tensors) =>
        (Format, Wrapper, Tensors) = (format, wrapper, tensors);

    /// <summary>How its bytes are laid out.</summary>
    public CheckpointFormat Format { get; }

    /// <summary>The entry that holds the tensors; empty when they are at the top.</summary>
    public string Wrapper { get; }

    /// <summary>Every tensor, under its name in the file.</summary>
    public ImmutableArray<InspectedTensor> Tensors { get; }

    /// <summary>What loading would do; null when it would be refused.</summary>
    public LoadReport? Report { get; internal init; }

    /// <summary>Why loading would be refused, in one line; null when it would not.</summary>
    public string? Refusal { get; internal init; }

    /// <summary>What would be known of the network; null when loading would be refused.</summary>
    public ModelCard? Card { get; internal init; }
}
