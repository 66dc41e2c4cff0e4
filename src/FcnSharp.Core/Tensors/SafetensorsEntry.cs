using System.Collections.Immutable;

namespace FcnSharp.Tensors;

/// <summary>One tensor of a safetensors file, found and checked but not read.</summary>
public sealed record SafetensorsEntry
{
    /// <summary>The most sizes that a shape of any format may have.</summary>
    internal const int MaxAxes = 8;

    internal SafetensorsEntry(string name, ElementType type, ImmutableArray<int> shape, long begin, long end) =>
        (Name, Type, Shape, Begin, End) = (name, type, shape, begin, end);

    /// <summary>As the file calls it.</summary>
    public string Name { get; }

    /// <summary>Type of its numbers.</summary>
    public ElementType Type { get; }

    /// <summary>Sizes, outermost first.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Where its bytes begin, counted from the end of the header.</summary>
    internal long Begin { get; }

    /// <summary>Behind its last byte.</summary>
    internal long End { get; }

    /// <summary>The product of the sizes; where that overflows, the largest number.</summary>
    internal long ElementCount => Shape.Aggregate(1L, Times);

    /// <summary>The product of two numbers from 0 up; where that overflows, the largest number.</summary>
    internal static long Times(long count, int size) => size != 0 && count > long.MaxValue / size ? long.MaxValue : count * size;
}
