using System.Collections.Immutable;

namespace FcnSharp.Tensors;

/// <summary>One tensor of a safetensors file, listed and checked in its header; the values are not read.</summary>
public sealed record SafetensorsEntry
{
    /// <summary>The largest number of axes of a shape, in any file format.</summary>
    internal const int MaxAxes = 8;

    internal SafetensorsEntry(string name, ElementType type, ImmutableArray<int> shape, long begin, long end) =>
        (Name, Type, Shape, Begin, End) = (name, type, shape, begin, end);

    /// <summary>The tensor's name in the file.</summary>
    public string Name { get; }

    /// <summary>Type of the elements.</summary>
    public ElementType Type { get; }

    /// <summary>Sizes, outermost first.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Offset of the first byte, counted from the end of the header.</summary>
    internal long Begin { get; }

    /// <summary>Offset after the last byte, counted from the end of the header.</summary>
    internal long End { get; }

    /// <summary>The product of the sizes, saturated at <see cref="long.MaxValue"/>.</summary>
    internal long ElementCount => Shape.Aggregate(1L, Times);

    /// <summary>The product of two non-negative numbers, saturated at <see cref="long.MaxValue"/>.</summary>
    internal static long Times(long count, int size) => size != 0 && count > long.MaxValue / size ? long.MaxValue : count * size;
}
