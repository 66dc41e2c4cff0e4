using System.Text.Json;
using FcnSharp.Engine;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Bench;

/// <summary>The engine's steps for a picture of one size, with their cost.</summary>
/// <param name="SchemaVersion">The schema version, 1.</param>
/// <param name="Model">The network's name.</param>
/// <param name="Engine">The engine, with threads and instruction set.</param>
/// <param name="Picture">Columns and rows of the picture, in pixels.</param>
/// <param name="Shown">Columns and rows of the network's input: the working size, in pixels.</param>
/// <param name="Steps">The steps, in order.</param>
/// <param name="AskedMultiplications">Multiplications of all steps by their definitions.</param>
/// <param name="Multiplications">Multiplications of all steps by their matrix products.</param>
/// <param name="WorkingBytes">Peak memory of maps and transformed filters in bytes, without tiles.</param>
internal sealed record PlanReport(
    int SchemaVersion, string Model, string Engine, PictureSize Picture, PictureSize Shown, IReadOnlyList<CpuPlanStep> Steps,
    long AskedMultiplications, long Multiplications, long WorkingBytes)
{
    /// <summary>The plan of a predictor that runs on the managed CPU engine, as all of this tool's do.</summary>
    public static PlanReport Of(FcnPredictor predictor, PictureSize picture)
    {
        var plan = predictor.PlanFor(picture.Width, picture.Height)!;
        return new PlanReport(
            SchemaVersion: 1, BenchReport.NameOf(predictor), predictor.EngineDescription, picture,
            new PictureSize(plan.Width, plan.Height), plan.Steps, plan.AskedMultiplications, plan.Multiplications, plan.WorkingBytes);
    }

    public string ToJson() => JsonSerializer.Serialize(this, BenchJsonContext.Default.PlanReport);
}

/// <summary>Columns and rows, in pixels.</summary>
internal readonly record struct PictureSize(int Width, int Height)
{
    /// <summary><c>640x480</c></summary>
    public override string ToString() => $"{Width}x{Height}";
}
