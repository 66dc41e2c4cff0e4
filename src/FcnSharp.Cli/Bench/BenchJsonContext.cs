using System.Text.Json.Serialization;

namespace FcnSharp.Cli.Bench;

/// <summary>Serialises without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(PlanReport))]
internal sealed partial class BenchJsonContext : JsonSerializerContext;
