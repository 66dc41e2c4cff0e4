using System.Buffers;
using System.Runtime.InteropServices;
using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Loading;

/// <summary>The tensors of a file, read whenever one is asked for, for an engine that packs them and holds them no longer.</summary>
/// <remarks>
/// Weights, which have several axes, are read into one buffer of native memory: the numbers of one are there until the next one is read.
/// Vectors have arrays of their own. What is read is finite, also after batch norm is folded, or is refused.
/// </remarks>
internal sealed unsafe class TensorStream : MemoryManager<float>
{
    private readonly LoadPlan plan;
    private readonly Dictionary<string, TensorSpec> specs;
    private readonly Func<string, NamedTensor> read;
    private readonly int length;
    private float* buffer;

    /// <param name="plan">What is read; its file must stay open.</param>
    public TensorStream(LoadPlan plan)
    {
        this.plan = plan;
        specs = plan.Specs.ToDictionary(spec => spec.Name, StringComparer.Ordinal);
        read = WeightValues.Checked(plan.Graph, Read, plan.Refuse);
        length = (int)plan.Specs.Max(StartingValues.CountOf);
        buffer = (float*)NativeMemory.Alloc((nuint)length, sizeof(float));
    }

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="WeightFileException">The file ends too early, or a number is infinite or NaN.</exception>
    public NamedTensor this[string name] => read(name);

    public override Span<float> GetSpan() => new(buffer, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(buffer + elementIndex);

    public override void Unpin()
    {
        // Native memory stays where it is.
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
