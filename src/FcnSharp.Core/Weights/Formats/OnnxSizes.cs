using System.Collections.Immutable;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Weights.Formats;

/// <summary>Evaluates the operations on lists of sizes that exporters emit for Slice, Pad and Resize.</summary>
internal static class OnnxSizes
{
    /// <summary>The longest list: the pads of a map have eight.</summary>
    private const int MaxLength = 16;

    /// <summary>The list of sizes that a node computes; null if it does not compute one.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">The inputs of the node; null for an input that is not a list of sizes.</param>
    /// <param name="map">The map that is the node's first input; null if the first input is not a map.</param>
    public static ImmutableArray<OnnxSize>? Of(OnnxNode node, ImmutableArray<OnnxSize>?[] inputs, GraphNode? map) =>
        (node.Operation, inputs) switch
        {
            ("Shape", _) when map is not null => Range(
                [.. Enumerable.Range(0, 4).Select(axis => OnnxSize.Of(map, axis))], Whole(node, "start", 0), Whole(node, "end", 4)),
            ("Identity" or "Cast" or "Unsqueeze" or "Squeeze", [{ } list, ..]) => list,
            ("Gather", [{ } list, [{ Number: { } index }]]) => At(list, index),
            ("Slice", [{ } list, [{ Number: { } start }], [{ Number: { } end }], ..]) when HasStepsOfOne(inputs) => Range(list, start, end),
            ("Concat", _) when inputs.All(input => input is not null) => Checked([.. inputs.SelectMany(input => input!.Value)]),
            ("Neg", [{ } list]) => All(list.Select(Negated)),
            ("Add", [{ } first, { } second]) => Pairs(first, second, Sum),
            ("Mod", [{ } first, { } second]) => Pairs(first, second, Remainder),
            _ => null,
        };

    /// <summary>Whether all steps of a Slice are 1: its fifth input says so, or is missing.</summary>
    public static bool HasStepsOfOne(ImmutableArray<OnnxSize>?[] inputs) =>
        inputs.Length < 5 || (inputs[4] is { } steps && steps.All(step => step.Number == 1));

    private static long Whole(OnnxNode node, string name, long otherwise) =>
        node.Numbers(name, otherwise) is [var number, ..] ? number : otherwise;

    private static ImmutableArray<OnnxSize>? At(ImmutableArray<OnnxSize> list, long index) =>
        Index(list, index) is { } at && at < list.Length ? [list[at]] : null;

    private static ImmutableArray<OnnxSize>? Range(ImmutableArray<OnnxSize> list, long start, long end)
    {
        var (from, to) = (Index(list, start), Index(list, end));
        return from is { } first && to is { } last && first <= last ? list[first..last] : null;
    }

    /// <summary>An index from the start, as ONNX defines it: a negative index counts from the end, a larger one is clamped to the
    /// end.</summary>
    private static int? Index(ImmutableArray<OnnxSize> list, long index) =>
        index < -list.Length ? null : (int)Math.Min(index < 0 ? index + list.Length : index, list.Length);

    private static ImmutableArray<OnnxSize>? Checked(ImmutableArray<OnnxSize> list) => list.Length <= MaxLength ? list : null;

    private static ImmutableArray<OnnxSize>? Pairs(
        ImmutableArray<OnnxSize> first, ImmutableArray<OnnxSize> second, Func<OnnxSize, OnnxSize, OnnxSize?> combine) =>
        second.Length == first.Length || second.Length == 1
            ? All(first.Select((size, i) => combine(size, second[second.Length == 1 ? 0 : i])))
            : null;

    /// <summary>The sizes; null if one of them is null.</summary>
    private static ImmutableArray<OnnxSize>? All(IEnumerable<OnnxSize?> sizes)
    {
        var all = sizes.ToArray();
        return all.All(size => size is not null) ? [.. all.Select(size => size!.Value)] : null;
    }

    private static OnnxSize? Negated(OnnxSize size) =>
        size.Multiple > 0 ? null : size with { Added = unchecked(-size.Added), IsNegative = size.Map is not null && !size.IsNegative };

    private static OnnxSize? Sum(OnnxSize first, OnnxSize second) => (first, second) switch
    {
        ({ Multiple: > 0 }, _) or (_, { Multiple: > 0 }) => null,
        (_, { Number: { } added }) => first with { Added = unchecked(first.Added + added) },
        ({ Number: { } added }, _) => second with { Added = unchecked(second.Added + added) },
        _ => null,
    };

    private static OnnxSize? Remainder(OnnxSize size, OnnxSize divisor) =>
        divisor.Number is > 0 and var multiple && size is { Map: not null, Added: 0, Multiple: 0 }
            ? size with { Multiple = multiple }
            : null;
}

/// <summary>A number of cells that an ONNX graph computes: a constant, or a size of a map plus a constant.</summary>
/// <param name="Map">The map; null for a constant.</param>
/// <param name="Axis">The axis of the map: 0 to 3 for batch, channels, height and width.</param>
/// <param name="Added">The constant.</param>
/// <param name="IsNegative">Whether the size is negated.</param>
/// <param name="Multiple">If above 0, the number is taken modulo this divisor, with the divisor's sign.</param>
internal readonly record struct OnnxSize(GraphNode? Map, int Axis, long Added, bool IsNegative, long Multiple)
{
    public static OnnxSize Of(GraphNode map, int axis) => new(map, axis, 0, IsNegative: false, Multiple: 0);

    public static OnnxSize Constant(long number) => new(null, 0, number, IsNegative: false, Multiple: 0);

    /// <summary>The number if it is a constant; null otherwise.</summary>
    public long? Number => Map is null ? Added : null;
}
