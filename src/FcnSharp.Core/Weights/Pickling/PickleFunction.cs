using System.Collections.Frozen;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Pickling;

/// <summary>A global that a pickle may use. The allow-list has everything that a state dict needs, and nothing that runs code.</summary>
/// <param name="Kind">What the global stands for.</param>
/// <param name="Type">Element type of a storage.</param>
internal sealed record PickleFunction(PickleFunctionKind Kind, ElementType Type = default)
{
    private static readonly FrozenDictionary<string, PickleFunction> Allowed = new Dictionary<string,
        PickleFunction>(StringComparer.Ordinal)
    {
        ["collections.OrderedDict"] = new(PickleFunctionKind.Dict),
        ["builtins.dict"] = new(PickleFunctionKind.Dict),
        ["builtins.list"] = new(PickleFunctionKind.Sequence),
        ["builtins.tuple"] = new(PickleFunctionKind.Sequence),
        ["builtins.set"] = new(PickleFunctionKind.Sequence),
        ["builtins.frozenset"] = new(PickleFunctionKind.Sequence),
        ["__builtin__.set"] = new(PickleFunctionKind.Sequence),
        ["__builtin__.frozenset"] = new(PickleFunctionKind.Sequence),
        ["torch.Size"] = new(PickleFunctionKind.Sequence),
        ["torch._utils._rebuild_tensor_v2"] = new(PickleFunctionKind.Tensor),
        ["torch._utils._rebuild_tensor"] = new(PickleFunctionKind.Tensor),
        ["torch._utils._rebuild_parameter"] = new(PickleFunctionKind.Parameter),
        ["torch.nn.parameter.Parameter"] = new(PickleFunctionKind.Parameter),
        ["numpy.dtype"] = new(PickleFunctionKind.Number),
        ["numpy.core.multiarray.scalar"] = new(PickleFunctionKind.Number),
        ["numpy._core.multiarray.scalar"] = new(PickleFunctionKind.Number),
        ["_codecs.encode"] = new(PickleFunctionKind.Number),
        ["torch.DoubleStorage"] = new(PickleFunctionKind.Storage, ElementType.Float64),
        ["torch.FloatStorage"] = new(PickleFunctionKind.Storage, ElementType.Float32),
        ["torch.HalfStorage"] = new(PickleFunctionKind.Storage, ElementType.Float16),
        ["torch.BFloat16Storage"] = new(PickleFunctionKind.Storage, ElementType.BFloat16),
        ["torch.LongStorage"] = new(PickleFunctionKind.Storage, ElementType.Int64),
        ["torch.IntStorage"] = new(PickleFunctionKind.Storage, ElementType.Int32),
        ["torch.ShortStorage"] = new(PickleFunctionKind.Storage, ElementType.Int16),
        ["torch.CharStorage"] = new(PickleFunctionKind.Storage, ElementType.Int8),
        ["torch.ByteStorage"] = new(PickleFunctionKind.Storage, ElementType.UInt8),
        ["torch.BoolStorage"] = new(PickleFunctionKind.Storage, ElementType.Boolean),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="ContentException">The name is not allowed.</exception>
    public static PickleFunction Resolve(string module, string name) =>
        Allowed.TryGetValue($"{module}.{name}", out var function)
            ? function
            : throw new ContentException(
                $"the pickle asks for {FileText.Shown($"{module}.{name}")}, which is not allowed: weights need no code. Nothing was run.",
                "In Python, torch.save only the model's state_dict(), if you trust the file.");
}

/// <summary>What a global of a pickle stands for.</summary>
internal enum PickleFunctionKind
{
    /// <summary>Makes a dictionary.</summary>
    Dict,

    /// <summary>Makes a list, tuple or set of its argument.</summary>
    Sequence,

    /// <summary>Makes a view of a storage.</summary>
    Tensor,

    /// <summary>Returns the tensor that is its first argument.</summary>
    Parameter,

    /// <summary>Makes a NumPy scalar, such as a trainer's best score; it is ignored and represented by an empty dictionary.</summary>
    Number,

    /// <summary>The type of a storage.</summary>
    Storage,
}
