using System.Buffers;
using System.Runtime.InteropServices;
using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Loading;

/// <summary>Reads the tensors of a file on request, for an engine that packs each one and then releases it.</summary>
/// <remarks>
/// Weights, which have several axes, are read into one shared buffer of native memory: a weight is valid until the next one is read.
/// Vectors have separate arrays. Values that are not finite, also after batch norm is folded, are refused.
/// </remarks>
internal sealed unsafe class TensorStream : MemoryManager<float>
{
    private readonly LoadPlan plan;
    private readonly Dictionary<string, TensorSpec> specs;
    private readonly Func<string, NamedTensor> read;
    private readonly int length;
    private float* buffer;

    /// <param name="plan">The plan of the file, which must stay open.</param>
    public TensorStream(LoadPlan plan)
    {
        this.plan = plan;
        specs = plan.Specs.ToDictionary(spec => spec.Name, StringComparer.Ordinal);
        read = WeightValues.Checked(plan.Graph, Read, plan.Refuse);
        length = (int)plan.Specs.Max(StartingValues.CountOf);
        buffer = (float*)NativeMemory.Alloc((nuint)length, sizeof(float));
    }

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="WeightFileException">The file ends too early, or a value is infinite or NaN.</exception>
    public NamedTensor this[string name] => read(name);

    public override Span<float> GetSpan() => new(buffer, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(buffer + elementIndex);

    public override void Unpin()
    {
        // Native memory does not move.
    }

    protected override void Dispose(bool disposing)
    {
        NativeMemory.Free(buffer);
        buffer = null;
    }

    private NamedTensor Read(string name)
    {
        var spec = specs[name];
        var count = (int)StartingValues.CountOf(spec);
        return plan.Read(spec, spec.Shape.Length > 1 ? Memory[..count] : new float[count]);
    }
}
