namespace FcnSharp.Engine.Cpu;

/// <summary>The cost of one layer of a plan, for pictures of one size.</summary>
/// <param name="Name">The name of the operation in the graph.</param>
/// <param name="Kernel">A short description of the kernel.</param>
/// <param name="Output">Shape of the output; null for a map that exists only in strips.</param>
/// <param name="AskedMultiplications">Multiplications by the definition of the operation, including those with padding zeros.</param>
/// <param name="Multiplications">Multiplications of the matrix products: fewer with Winograd's method, whose transforms are not
/// counted.</param>
/// <param name="MapBytes">Bytes of the output map; 0 if it never exists as a whole.</param>
internal sealed record PlanRow(
    string Name, string Kernel, MapShape? Output, long AskedMultiplications, long Multiplications, long MapBytes)
{
    /// <summary>Every layer of a plan, in order; the last computes rows of scores, from which the labels are taken.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="width">Columns of the engine's input, in pixels.</param>
    /// <param name="height">Rows of the engine's input, in pixels.</param>
    /// <exception cref="ArgumentException">The plan has no maps for a picture of this size.</exception>
    public static IReadOnlyList<PlanRow> Of(EnginePlan plan, int width, int height)
    {
        var sizeOf = plan.SizesFor(plan.Padded(width), plan.Padded(height));
        return
        [
            .. from step in plan.Steps
               let output = step.Output
               from layer in step.Layer.Parts
               let isWhole = layer == step.Layer.Parts[^1]
               select new PlanRow(
                   layer.Name,
                   layer.Kernel,
                   isWhole ? MapShape.Of(sizeOf(output.Node), output.Node.Channels) : null,
                   layer.AskedMultiplications(sizeOf),
                   layer.Multiplications(sizeOf),
                   isWhole ? sizeof(float) * output.Floats(sizeOf) : 0),
            LastOf(plan.Last),
        ];

        PlanRow LastOf(RowSource last)
        {
            var multiplications = last.AskedMultiplications(sizeOf);
            return new PlanRow(
                last.Name, $"{last.Kernel}, labels", new MapShape(width, height, last.Channels), multiplications, multiplications,
                MapBytes: 0);
        }
    }
}

/// <summary>Columns, rows and channels of a map.</summary>
internal readonly record struct MapShape(int Width, int Height, int Channels)
{
    public static MapShape Of(MapSize size, int channels) => new(size.Width, size.Height, channels);

    /// <summary><c>120x90x64</c></summary>
    public override string ToString() => $"{Width}x{Height}x{Channels}";
}
