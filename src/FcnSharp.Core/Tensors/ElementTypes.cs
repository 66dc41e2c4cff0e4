using System.Collections.Frozen;

namespace FcnSharp.Tensors;

/// <summary>Sizes of element types, and their names in safetensors files.</summary>
public static class ElementTypes
{
    private static readonly FrozenDictionary<string, ElementType> ByName = Enum.GetValues<ElementType>()
        .ToFrozenDictionary(type => type.ShortName(), StringComparer.Ordinal);

    /// <summary>Bytes per element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
        _ => 1,
    };

    /// <summary>The type's name in safetensors files, such as <c>F32</c>.</summary>
    public static string ShortName(this ElementType type) => type switch
    {
        ElementType.Float32 => "F32",
        ElementType.Float16 => "F16",
        ElementType.BFloat16 => "BF16",
        ElementType.Float64 => "F64",
        ElementType.Int64 => "I64",
        ElementType.Int32 => "I32",
        ElementType.Int16 => "I16",
        ElementType.Int8 => "I8",
        ElementType.UInt64 => "U64",
        ElementType.UInt32 => "U32",
        ElementType.UInt16 => "U16",
        ElementType.UInt8 => "U8",
        ElementType.Boolean => "BOOL",
        ElementType.Float8E4M3 => "F8_E4M3",
        _ => "F8_E5M2",
    };

    /// <summary>The type with a short name; null for a name that the format does not define.</summary>
    internal static ElementType? Parse(string shortName) => ByName.TryGetValue(shortName, out var type) ? type : null;
}
