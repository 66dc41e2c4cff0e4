using System.CommandLine;
using FcnSharp.Cli.Terminal;
using FcnSharp.Evaluation;
using FcnSharp.Prediction;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>Evaluates a network on a data set.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var report = new Option<string?>("--report")
        {
            HelpName = "FILE.html",
            Description = "Write an HTML page with metrics, confusion matrix and examples of one split.",
        };
        var accurate = PredictorArguments.Accurate();
        var calibration = new Option<bool>("--calibration")
        {
            Description = "Measure the calibration of the confidence: the expected calibration error.",
        };
        var skip = new Option<bool>("--skip-broken") { Description = "Skip pictures that cannot be read instead of stopping." };
        var json = CommandJson.Option();
        var command = new ToolCommand(
            "evaluate",
            "Measures a network on a data set: IoU and accuracy by class, and their means.",
            "fcn evaluate camvid --split val --report report.html",
            "fcn evaluate camvid --model model.safetensors --accurate",
            "fcn evaluate camvid --json > scores.json") { report, accurate, calibration, skip, json };
        var dataset = new DatasetArguments(command);
        var predictorArguments = new PredictorArguments(command);
        return command.Runs((parsed, cancellationToken) =>
        {
            var options = new PredictorOptions
            {
                TestTimeAugmentation = parsed.GetValue(accurate) ? TestTimeAugmentation.Accurate : null,
                Confidence = parsed.GetValue(calibration),
            };
            using var predictor = predictorArguments.Create(parsed, options);
            var splits = dataset.Open(parsed, _ => predictor.Classes, "val");
            var path = parsed.GetValue(report);
            if (path is not null && splits.Count > 1)
            {
                throw new UsageException($"--report takes one split, but --split names {splits.Count}. Evaluate them one at a time.");
            }

            var measuring = new EvaluationOptions { SkipBroken = parsed.GetValue(skip) };
            var results = splits.Select(split => ProgressBar.Run(split.Name, show => Evaluator.Run(
                predictor,
                split,
                path is null ? measuring with { Examples = 0 } : measuring,
                new Relay<EvaluationProgress>(progress => show(progress.Done, progress.Total, $"mean IoU {progress.MeanIoU:F3}")),
                cancellationToken))).ToList();
            if (path is not null)
            {
                results[0].SaveReport(path);
            }

            if (parsed.GetValue(json))
            {
                CommandJson.Print(EvaluationJson.Of(results), CommandJsonContext.Default.EvaluationJson);
            }
            else
            {
                results.ForEach(Print);
                Consoles.Out.Write(new Text(path is null ? "" : $"report: {path}\n"));
            }

            return results.TrueForAll(result => result.Skipped.IsEmpty) ? ExitCode.Done : ExitCode.SomeFailed;
        });
    }

    private static void Print(EvaluationResult result)
    {
        var table = Consoles.Table("class", "IoU", "accuracy");
        foreach (var item in result.Metrics.Classes)
        {
            table.AddTexts(result.Classes[item.Id].DisplayName, Score(item.IoU), Score(item.Accuracy));
        }

        Consoles.Out.WriteLine($"{result.Dataset}, {result.Model ?? "unnamed network"}, {result.EngineDescription}");
        Consoles.Out.Write(table);
        foreach (var skipped in result.Skipped)
        {
            Consoles.WriteSkipped(skipped.Reason);
        }

        if (result.Calibration is { } calibration)
        {
            Consoles.Out.WriteLine($"expected calibration error {Score(calibration.ExpectedCalibrationError)}");
        }

        var metrics = result.Metrics;
        var pictures = result.Pictures.Length == 1 ? "1 picture" : $"{result.Pictures.Length} pictures";
        Consoles.Out.WriteLine(
            $"mean IoU {Score(metrics.MeanIoU)}, pixel accuracy {Score(metrics.PixelAccuracy)}, " +
            $"mean accuracy {Score(metrics.MeanAccuracy)}, " +
            $"frequency-weighted IoU {Score(metrics.FrequencyWeightedIoU)}, {pictures} " +
            $"in {result.Elapsed.TotalSeconds:F1} s");
    }

    private static string Score(double? value) => value is { } number ? $"{number:F3}" : "-";
}
