using System.Collections.Immutable;
using FcnSharp.Support;

namespace FcnSharp.Tensors;

/// <summary>A named, shaped array of 32-bit floats: one entry of a network's state dict.</summary>
/// <remarks>The buffer is borrowed, not copied: do not write to it while the tensor is in use.</remarks>
public sealed class NamedTensor
{
    /// <summary>Wraps a buffer.</summary>
    /// <param name="name">The state-dict name, such as <c>conv1.0.weight</c>.</param>
    /// <param name="shape">Sizes, outermost first: (out, in, rows, columns) for a convolution's weight.</param>
    /// <param name="values">The elements in row-major order; their count is the product of <paramref name="shape"/>.</param>
    /// <exception cref="ArgumentException">The name is empty, a size is negative, or the count does not fit the shape.</exception>
    public NamedTensor(string name, ImmutableArray<int> shape, ReadOnlyMemory<float> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (shape.IsDefault || shape.Any(size => size < 0) || shape.Aggregate(1L, (count, size) => checked(count * size)) != values.Length)
        {
            throw new ArgumentException(
                $"{name} has {values.Length} values, which do not fill the shape {ShapeText(shape)}.", nameof(values));
        }

        (Name, Shape, Values) = (name, shape, values);
    }

    /// <summary>The state-dict name.</summary>
    public string Name { get; }

    /// <summary>Sizes, outermost first.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The elements in row-major order.</summary>
    public ReadOnlyMemory<float> Values { get; }

    internal static string ShapeText(ImmutableArray<int> shape) => shape.IsDefault ? "()" : FileText.Shape(shape);
}
