using FcnSharp.Engine.Cpu;

namespace FcnSharp.Benchmarks.Stages;

/// <summary>What a layer of a plan is, for pictures of one size.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="Kernel">What computes it.</param>
/// <param name="Output">Channels, columns and rows of what it writes.</param>
/// <param name="Direct">Floating-point operations that its definition asks for, two for a multiplication and its addition; zeros of the
/// padding included.</param>
/// <param name="Multiplied">Those that the matrix products of the engine carry out: less by Winograd's trick. The transforms are not
/// counted.</param>
/// <param name="Bytes">What its map takes; 0 for one that never exists as a whole.</param>
internal sealed record LayerWork(string Name, string Kernel, string Output, double Direct, double Multiplied, long Bytes)
{
    /// <summary>Every layer of a plan, in order.</summary>
    public static IReadOnlyList<LayerWork> Of(EnginePlan plan, int width, int height)
    {
        var sizeOf = plan.SizesFor(Padded(width), Padded(height));
        return
        [
            .. from step in plan.Steps
               let size = sizeOf(step.Output.Node)
               from layer in step.Layer.Parts
               let isLast = layer == step.Layer.Parts[^1]
               select new LayerWork(
                   layer.Name, layer.Kernel, isLast ? $"{step.Output.Node.Channels}x{size.Width}x{size.Height}" : "strips",
                   2.0 * layer.AskedMultiplications(sizeOf), 2.0 * layer.Multiplications(sizeOf),
                   isLast ? sizeof(float) * step.Output.Floats(sizeOf) : 0),
            LastOf(plan.Last),
        ];

        int Padded(int side) => (side + plan.SizeMultiple - 1) / plan.SizeMultiple * plan.SizeMultiple;

        LayerWork LastOf(RowSource last)
        {
            var work = 2.0 * last.AskedMultiplications(sizeOf);
            return new LayerWork(last.Name, $"{last.Kernel}, labels", $"{last.Channels}x{width}x{height}", work, work, Bytes: 0);
        }
    }
}
