using System.Collections.Immutable;

namespace FcnSharp.Tensors;

/// <summary>A tensor that a network must have: name and shape.</summary>
/// <param name="Name">The state-dict name.</param>
/// <param name="Shape">Sizes, outermost first.</param>
public sealed record TensorSpec(string Name, ImmutableArray<int> Shape)
{
    /// <inheritdoc/>
    public bool Equals(TensorSpec? other) => other is not null && Name == other.Name && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
