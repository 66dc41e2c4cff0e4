using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Tensors;

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
    /// <summary>The names of the tensors, where the reader knows them; null where they have to be compared with every map.</summary>
    public NameMap? Map { get; init; }

    /// <summary>The network, where the file describes it; its tensors then have the names of that network. Null where it has to be told
    /// from names and shapes.</summary>
    public NetworkOptions? Network { get; init; }

    public CheckpointContents(CheckpointFormat format, ImmutableArray<StoredTensor> tensors)
        : this(format, tensors, ImmutableDictionary<string, string>.Empty, "", [])
    {
    }
}

/// <summary>A tensor of a checkpoint that has been found and checked, but not read.</summary>
/// <param name="Name">As the file calls it.</param>
/// <param name="Type">Type of its numbers.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="StoredBytes">Bytes of the file for it: its elements, and what lies between the first and the last of them.</param>
/// <param name="Read">Reads the numbers, row-major, into as many floats; the file must still be open.</param>
internal sealed record StoredTensor(string Name, ElementType Type, ImmutableArray<int> Shape, long StoredBytes, ReadNumbers Read);

/// <summary>Fills the numbers of a tensor.</summary>
internal delegate void ReadNumbers(Span<float> values);
