using System.Text.Json;
using System.Text.Json.Serialization;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Bench;

/// <summary>What a network costs on this machine.</summary>
/// <param name="Model">The network's name.</param>
/// <param name="Engine">What computes, with threads and instruction set.</param>
/// <param name="Processors">Processors that the system gives to this process.</param>
/// <param name="LoadSeconds">From the file to a network that is ready.</param>
/// <param name="Sizes">By size of picture.</param>
/// <param name="PeakMemoryMegabytes">The most memory that the process has had, in units of 1024 * 1024 bytes.</param>
internal sealed record BenchReport(
    string Model, string Engine, int Processors, double LoadSeconds, IReadOnlyList<SizeTiming> Sizes, double PeakMemoryMegabytes)
{
    public static string NameOf(FcnPredictor predictor) => predictor.Card.Name ?? "unnamed network";

    public string ToJson() => JsonSerializer.Serialize(this, BenchJsonContext.Default.BenchReport);
}

/// <summary>How long pictures of one size take, from pixels in memory to labels.</summary>
/// <param name="Width">Columns, in pixels.</param>
/// <param name="Height">Rows, in pixels.</param>
/// <param name="Seconds">The median.</param>
/// <param name="Fastest">The least, in seconds.</param>
/// <param name="Rounds">How many were timed.</param>
internal sealed record SizeTiming(int Width, int Height, double Seconds, double Fastest, int Rounds);

/// <summary>Serialises without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(PlanReport))]
internal sealed partial class BenchJsonContext : JsonSerializerContext;
