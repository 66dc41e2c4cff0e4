using System.Collections.Immutable;

namespace FcnSharp.Networks;

/// <summary>One tensor of a safetensors file: where its bytes lie behind the header, and what they mean.</summary>
internal sealed record SafetensorsEntry(string Name, string Dtype, ImmutableArray<int> Shape, long Begin, long End)
{
    /// <summary>The most sizes that a shape of any format may have.</summary>
    public const int MaxAxes = 8;

    /// <summary>The product of the sizes; where that overflows, the largest number.</summary>
    public long ElementCount => Shape.Aggregate(1L, Times);

    /// <summary>The product of two numbers from 0 up; where that overflows, the largest number.</summary>
    public static long Times(long count, int size) => size != 0 && count > long.MaxValue / size ? long.MaxValue : count * size;

    /// <summary>Bytes an element takes, by the format's dtype names; null for a name it does not define.</summary>
    public static int? SizeOf(string dtype) => dtype switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "F8_E4M3" or "F8_E5M2" or "I8" or "U8" or "BOOL" => 1,
        _ => null,
    };
}
