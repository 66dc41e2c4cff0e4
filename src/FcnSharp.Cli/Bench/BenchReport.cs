using System.Text.Json;
using System.Text.Json.Serialization;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Bench;

/// <summary>The time and memory of a network on this machine.</summary>
/// <param name="SchemaVersion">The schema version, 1.</param>
/// <param name="Model">The network's name.</param>
/// <param name="Engine">The engine, with threads and instruction set.</param>
/// <param name="Processors">Logical processors that the process may use.</param>
/// <param name="LoadSeconds">Time to load the network, in seconds.</param>
/// <param name="Sizes">Times by picture size.</param>
/// <param name="PeakMemoryMegabytes">Peak memory of the process, in units of 1024 * 1024 bytes.</param>
internal sealed record BenchReport(
    int SchemaVersion, string Model, string Engine, int Processors, double LoadSeconds, IReadOnlyList<SizeTiming> Sizes,
    double PeakMemoryMegabytes)
{
    public static string NameOf(FcnPredictor predictor) => predictor.Card.Name ?? "unnamed network";

    public string ToJson() => JsonSerializer.Serialize(this, BenchJsonContext.Default.BenchReport);
}

/// <summary>The time of pictures of one size, from pixels in memory to labels.</summary>
/// <param name="Width">Columns, in pixels.</param>
/// <param name="Height">Rows, in pixels.</param>
/// <param name="Seconds">The median, in seconds.</param>
/// <param name="Fastest">The minimum, in seconds.</param>
/// <param name="Rounds">Number of measurements.</param>
internal sealed record SizeTiming(int Width, int Height, double Seconds, double Fastest, int Rounds);

/// <summary>Source-generated serialisation, without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(PlanReport))]
internal sealed partial class BenchJsonContext : JsonSerializerContext;
