using System.Collections.Immutable;

namespace FcnSharp.Weights.Formats;

/// <summary>What a checkpoint holds.</summary>
/// <param name="Format">How its bytes are laid out.</param>
/// <param name="Tensors">Its tensors, in its order; their names are all different.</param>
/// <param name="Metadata">Texts that a safetensors file carries; empty for other formats.</param>
/// <param name="Wrapper">Where in the file the tensors were, such as <c>model_state_dict</c>; empty when they were at the top.</param>
/// <param name="Ignored">What else was there: numbers of epochs, optimiser states.</param>
internal sealed record CheckpointContents(
    CheckpointFormat Format,
    ImmutableArray<StoredTensor> Tensors,
    ImmutableDictionary<string, string> Metadata,
    string Wrapper,
    ImmutableArray<string> Ignored)
{
    public CheckpointContents(CheckpointFormat format, ImmutableArray<StoredTensor> tensors)
        : this(format, tensors, ImmutableDictionary<string, string>.Empty, "", [])
    {
    }
}
