using System.Text.Json;
using System.Text.Json.Serialization;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Weights;

namespace FcnSharp.Cli.Commands;

/// <summary>The contents of a file of weights, as JSON.</summary>
/// <param name="SchemaVersion">The schema version, 1.</param>
/// <param name="Format">The file format.</param>
/// <param name="Names">The name map that fits; null if the file would be refused, like the following ones.</param>
/// <param name="Network">The kind of network.</param>
/// <param name="NumClasses">Number of classes.</param>
/// <param name="Parameters">Number of trainable parameters.</param>
/// <param name="IsComplete">Whether the file has exactly the layers of the network.</param>
/// <param name="Name">The network's name, if the file or the name map states it, like the following ones.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Mean">The mean of R, G and B, each 0 to 1.</param>
/// <param name="Std">The standard deviation of R, G and B.</param>
/// <param name="WorkingSize">The working size in pixels.</param>
/// <param name="License">The licence, as free text.</param>
/// <param name="Scores">The scores, as free text.</param>
/// <param name="Refusal">Why the file would be refused; null if it would be loaded.</param>
/// <param name="Tensors">Every tensor, with its name in the file.</param>
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

/// <summary>Source-generated serialisation, without reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InspectionJson))]
internal sealed partial class InspectionJsonContext : JsonSerializerContext;
