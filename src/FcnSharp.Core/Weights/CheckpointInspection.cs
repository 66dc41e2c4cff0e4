using System.Collections.Immutable;
using FcnSharp.Networks;

namespace FcnSharp.Weights;

/// <summary>The contents of a checkpoint, and what would be loaded from it. Immutable.</summary>
public sealed class CheckpointInspection
{
    internal CheckpointInspection(CheckpointFormat format, string wrapper, ImmutableArray<InspectedTensor> tensors) =>
        (Format, Wrapper, Tensors) = (format, wrapper, tensors);

    /// <summary>The file format.</summary>
    public CheckpointFormat Format { get; }

    /// <summary>The entry that holds the tensors, such as <c>model_state_dict</c>; empty if they are at the top level.</summary>
    public string Wrapper { get; }

    /// <summary>Every tensor, with its name in the file.</summary>
    public ImmutableArray<InspectedTensor> Tensors { get; }

    /// <summary>What loading would do; null if the file would be refused.</summary>
    public LoadReport? Report { get; internal init; }

    /// <summary>Why the file would be refused, in one line; null if it would be loaded.</summary>
    public string? Refusal { get; internal init; }

    /// <summary>The card of the network; null if the file would be refused.</summary>
    public ModelCard? Card { get; internal init; }
}
