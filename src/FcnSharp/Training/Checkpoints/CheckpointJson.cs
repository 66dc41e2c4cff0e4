using System.Collections.Immutable;
using System.Text.Json.Serialization;
using FcnSharp.Training.Loop;

namespace FcnSharp.Training.Checkpoints;

/// <summary>Writes and reads what a checkpoint holds as text. Numbers come back to the bit.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunDescription))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(ImmutableArray<long>))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
