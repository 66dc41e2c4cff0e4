using FcnSharp.Networks.Graphs;

namespace FcnSharp.Engine.Cpu;

/// <summary>Describes a compiled plan for pictures of one size.</summary>
internal static class PlanDescription
{
    /// <summary>Describes every layer of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="width">Columns of the engine's input, in pixels.</param>
    /// <param name="height">Rows of the engine's input, in pixels.</param>
    /// <exception cref="ArgumentException">The plan has no maps for a picture of this size.</exception>
    public static CpuPlan Of(EnginePlan plan, int width, int height)
    {
        var (paddedWidth, paddedHeight) = (plan.Padded(width), plan.Padded(height));
        var sizeOf = plan.SizesFor(paddedWidth, paddedHeight);
        return new CpuPlan(
            width,
            height,
            [.. plan.Steps.SelectMany(step => StepsOf(step, sizeOf)), LastOf(plan.Last, width, height, sizeOf)],
            plan.WorkingBytes(paddedWidth, paddedHeight));
    }

    /// <summary>The layers that work together; only the last of them writes a whole map.</summary>
    private static IEnumerable<CpuPlanStep> StepsOf(PlanStep step, Func<GraphNode, MapSize> sizeOf)
    {
        var output = step.Output;
        foreach (var layer in step.Layer.Parts)
        {
            var isWhole = layer == step.Layer.Parts[^1];
            var size = sizeOf(output.Node);
            yield return new CpuPlanStep(layer.Name, layer.Kernel)
            {
                Output = isWhole ? new MapShape(size.Width, size.Height, output.Node.Channels) : null,
                AskedMultiplications = layer.AskedMultiplications(sizeOf),
                Multiplications = layer.Multiplications(sizeOf),
                MapBytes = isWhole ? sizeof(float) * output.Floats(sizeOf) : 0,
            };
        }
    }

    private static CpuPlanStep LastOf(RowSource last, int width, int height, Func<GraphNode, MapSize> sizeOf) =>
        new(last.Name, $"{last.Kernel}, labels")
        {
            Output = new MapShape(width, height, last.Channels),
            AskedMultiplications = last.AskedMultiplications(sizeOf),
            Multiplications = last.AskedMultiplications(sizeOf),
        };
}
