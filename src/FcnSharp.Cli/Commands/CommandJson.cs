using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FcnSharp.Cli.Models;
using FcnSharp.Data;
using FcnSharp.Evaluation;
using FcnSharp.Weights;

namespace FcnSharp.Cli.Commands;

/// <summary>The JSON output of commands, in snake_case, each with its schema_version.</summary>
internal static class CommandJson
{
    public static Option<bool> Option() => new("--json") { Description = "Print only the result, as JSON." };

    public static void Print<T>(T data, JsonTypeInfo<T> type) => Console.Out.WriteLine(JsonSerializer.Serialize(data, type));
}

/// <summary>The scores of a network on each split.</summary>
internal sealed record EvaluationJson(int SchemaVersion, IReadOnlyList<EvaluationJson.Split> Splits)
{
    public static EvaluationJson Of(IEnumerable<EvaluationResult> results) => new(1, [.. results.Select(Split.Of)]);

    /// <summary>Scores are 0 to 1; null for a zero denominator.</summary>
    internal sealed record Split(
        string Dataset, string? Model, string Engine, int Pictures, double Seconds, double? MeanIou, double? PixelAccuracy,
        double? MeanAccuracy, double? FrequencyWeightedIou, double? ExpectedCalibrationError, IReadOnlyList<Score> Classes,
        IReadOnlyList<FileJson> Skipped)
    {
        public static Split Of(EvaluationResult result) => new(
            result.Dataset, result.Model, result.EngineDescription, result.Pictures.Length, result.Elapsed.TotalSeconds,
            result.Metrics.MeanIoU, result.Metrics.PixelAccuracy, result.Metrics.MeanAccuracy, result.Metrics.FrequencyWeightedIoU,
            result.Calibration?.ExpectedCalibrationError,
            [.. result.Metrics.Classes.Select(item => new Score(item.Id, result.Classes[item.Id].Name, item.IoU, item.Accuracy))],
            [.. result.Skipped.Select(skipped => new FileJson(skipped.Name, skipped.Reason))]);
    }

    internal sealed record Score(int Id, string Name, double? Iou, double? Accuracy);
}

/// <summary>A file and what is wrong with it.</summary>
internal sealed record FileJson(string Path, string Reason);

/// <summary>The findings of the data set doctor.</summary>
internal sealed record DatasetJson(
    int SchemaVersion, int Pictures, bool IsSound, IReadOnlyList<DatasetJson.Finding> Findings,
    IReadOnlyList<DatasetJson.Frequency> Classes, int IgnoreId, double IgnoredShare, int? SuggestedIgnoreId)
{
    public static DatasetJson Of(DatasetReport report) => new(
        1, report.Pictures, report.IsSound,
        [
            .. report.Findings.Select(finding => new Finding(
                finding.Fault.ToString(), finding.Remedy, [.. finding.Files.Select(file => new FileJson(file.Path, file.Reason))])),
        ],
        [.. report.Classes.Select(item => new Frequency(item.Id, item.Info.Name, item.Pixels, item.Pictures, item.Share, item.Weight))],
        report.IgnoreId, report.IgnoredShare, report.SuggestedIgnoreId);

    internal sealed record Finding(string Fault, string Remedy, IReadOnlyList<FileJson> Files);

    internal sealed record Frequency(int Id, string Name, long Pixels, int Pictures, double Share, double Weight);
}

/// <summary>The result of <c>fcn convert</c>.</summary>
internal sealed record ConversionJson(
    int SchemaVersion, string Written, string Format, string Names, string Network, bool IsComplete, int Loaded,
    IReadOnlyList<ReportLine> Reshaped, IReadOnlyList<ReportLine> Flipped, IReadOnlyList<ReportLine> Reinitialised,
    IReadOnlyList<ReportLine> LeftOut)
{
    public static ConversionJson Of(string written, LoadReport report) => new(
        1, written, report.Format.ToString(), report.Map.Name, report.Options.Kind, report.IsComplete, report.Loaded.Length,
        report.Reshaped, report.Flipped, report.Reinitialised, report.LeftOut);
}

/// <summary>The models that <c>fcn pull</c> can fetch by name.</summary>
internal sealed record ModelsJson(int SchemaVersion, string Folder, IReadOnlyList<ModelJson> Models)
{
    public static ModelsJson Of(ModelCache place) =>
        new(1, place.Folder, [.. PublishedModel.All.Select(model => ModelJson.Of(model, place))]);
}

/// <summary>One model; the path is null if it has not been fetched.</summary>
internal sealed record ModelJson(
    int SchemaVersion, string Name, double Mebibytes, string Purpose, string License, string Scores, string? Path)
{
    public static ModelJson Of(PublishedModel model, ModelCache place) => new(
        1, model.Name, model.Mebibytes, model.Purpose, model.License, model.Scores, place.Has(model) ? place.PathOf(model) : null);
}

/// <summary>The tool's version and environment.</summary>
internal sealed record InfoJson(
    int SchemaVersion, string Version, string Runtime, string System, int Processors, string Engine, string? Network, int NumClasses,
    IReadOnlyList<string> Formats, IReadOnlyList<string> Names);

/// <summary>Source-generated serialisation, without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EvaluationJson))]
[JsonSerializable(typeof(DatasetJson))]
[JsonSerializable(typeof(ConversionJson))]
[JsonSerializable(typeof(ModelsJson))]
[JsonSerializable(typeof(ModelJson))]
[JsonSerializable(typeof(InfoJson))]
internal sealed partial class CommandJsonContext : JsonSerializerContext;
