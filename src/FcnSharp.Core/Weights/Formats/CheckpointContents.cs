using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Formats;

/// <summary>The contents of a checkpoint.</summary>
/// <param name="Format">The file format.</param>
/// <param name="Tensors">The tensors, in the order of the file; the names are unique.</param>
/// <param name="Metadata">Metadata strings of the file; empty for formats without metadata.</param>
/// <param name="Wrapper">The entry that holds the tensors, such as <c>model_state_dict</c>; empty if they are at the top level.</param>
/// <param name="Ignored">Other entries, such as epoch numbers and optimiser states.</param>
internal sealed record CheckpointContents(
    CheckpointFormat Format,
    ImmutableArray<StoredTensor> Tensors,
    ImmutableDictionary<string, string> Metadata,
    string Wrapper,
    ImmutableArray<string> Ignored)
{
    /// <summary>The name map, if the format determines it; null if the names must be compared with every map.</summary>
    public NameMap? Map { get; init; }

    /// <summary>The network, if the file describes it; the tensors then have the names of that network. Null if it must be inferred from
    /// names and shapes.</summary>
    public NetworkOptions? Network { get; init; }

    public CheckpointContents(CheckpointFormat format, ImmutableArray<StoredTensor> tensors)
        : this(format, tensors, ImmutableDictionary<string, string>.Empty, "", [])
    {
    }
}

/// <summary>A tensor of a checkpoint, listed and checked; its values are not read.</summary>
/// <param name="Name">The tensor's name in the file.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="StoredBytes">Bytes of the file from the tensor's first to its last element, gaps included.</param>
/// <param name="Read">Reads the values in row-major order; the file must still be open.</param>
internal sealed record StoredTensor(string Name, ElementType Type, ImmutableArray<int> Shape, long StoredBytes, ReadNumbers Read);

/// <summary>Reads the values of a tensor into a buffer of exactly its length.</summary>
internal delegate void ReadNumbers(Span<float> values);
