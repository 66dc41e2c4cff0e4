using System.Text.Json;
using System.Text.Json.Serialization;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Weights;

namespace FcnSharp.Cli.Commands;

/// <summary>What a file of weights holds, as JSON.</summary>
/// <param name="SchemaVersion">The version of this shape, 1.</param>
/// <param name="Format">How the file's bytes are laid out.</param>
/// <param name="Names">The name map that fits; null when loading would be refused, as the following ones.</param>
/// <param name="Network">The kind of network.</param>
/// <param name="NumClasses">How many classes it scores.</param>
/// <param name="Parameters">How many numbers it learned.</param>
/// <param name="IsComplete">Whether the file has every layer of its network and no other.</param>
/// <param name="Name">The network's name, where the file or the names tell it, as the following ones.</param>
/// <param name="Classes">The names of its classes.</param>
/// <param name="Mean">Of R, G and B, each in 0 to 1.</param>
/// <param name="Std">Of R, G and B.</param>
/// <param name="WorkingSize">A side in pixels.</param>
/// <param name="License">In words.</param>
/// <param name="Scores">In words.</param>
/// <param name="Refusal">Why loading would be refused; null when it would not.</param>
/// <param name="Tensors">Every tensor, under its name in the file.</param>
internal sealed record InspectionJson(
    int SchemaVersion,
    string Format,
    string? Names,
    string? Network,
    int? NumClasses,
    long? Parameters,
    bool? IsComplete,
    string? Name,
    IReadOnlyList<string>? Classes,
    IReadOnlyList<float>? Mean,
    IReadOnlyList<float>? Std,
    int? WorkingSize,
    string? License,
    string? Scores,
    string? Refusal,
    IReadOnlyList<TensorJson> Tensors)
{
    public static InspectionJson Of(CheckpointInspection inspection)
    {
        var (report, card) = (inspection.Report, inspection.Card ?? ModelCard.Empty);
        return new InspectionJson(
            SchemaVersion: 1,
            inspection.Format.ToString(),
            report?.Map.Name,
            report?.Options.Kind,
            report?.Options.NumClasses,
            report is null ? null : StateDict.CountParameters(report.Options),
            report?.IsComplete,
            card.Name,
            card.Classes is { } classes ? [.. classes.Select(info => info.Name)] : null,
            Channels(card.Normalization?.Mean),
            Channels(card.Normalization?.Deviation),
            card.WorkingSize,
            card.License,
            card.Scores,
            inspection.Refusal,
            [.. inspection.Tensors.Select(tensor => new TensorJson(tensor.Name, tensor.Type.ShortName(), [.. tensor.Shape]))]);
    }

    public string ToText() => JsonSerializer.Serialize(this, InspectionJsonContext.Default.InspectionJson);

    private static float[]? Channels(ChannelValues? values) => values is { } given ? [given.R, given.G, given.B] : null;
}

/// <summary>One tensor of a file.</summary>
internal sealed record TensorJson(string Name, string Type, IReadOnlyList<int> Shape);

/// <summary>Serialises without reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InspectionJson))]
internal sealed partial class InspectionJsonContext : JsonSerializerContext;
