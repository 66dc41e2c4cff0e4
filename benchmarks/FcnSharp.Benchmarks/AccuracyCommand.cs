using FcnSharp.Data;
using FcnSharp.Evaluation;
using FcnSharp.Prediction;

namespace FcnSharp.Benchmarks;

/// <summary>Measures the accuracy of the bundled street-scene model on CamVid.</summary>
internal sealed class AccuracyCommand : Command
{
    public override string Name => "accuracy";

    public override string Usage =>
        "--camvid DIR --split train|val|test [--report FILE.html] [--working-size N] [--accurate] [--flip] [--scales 0.75,1,1.25]";

    public override IReadOnlyCollection<string> Options => ["camvid", "split", "report", "working-size", "scales"];

    public override IReadOnlyCollection<string> Switches => ["accurate", "flip"];

    public override int Run(Arguments arguments)
    {
        var dataset = new CamVidDataset(arguments.Require("camvid"), arguments.Require("split"));
        using var predictor = StreetScenes.CreatePredictor(new PredictorOptions
        {
            WorkingSize = (int?)arguments.FindNumbers("working-size")?[0],
            TestTimeAugmentation = arguments.Has("accurate") ? TestTimeAugmentation.Accurate : AugmentationOf(arguments),
        });

        var report = arguments.Find("report");
        var options = report is null ? new EvaluationOptions { Examples = 0 } : null;
        var result = Evaluator.Run(predictor, dataset, options, new ProgressLine());

        PrintClasses(result);
        if (report is not null)
        {
            result.SaveReport(report);
            Console.WriteLine($"report: {report}");
        }

        var metrics = result.Metrics;
        Console.WriteLine($"time: {result.Elapsed.TotalSeconds:F2} s");
        Console.WriteLine(
            $"accuracy: miou={metrics.MeanIoU:F4} pixel={metrics.PixelAccuracy:F4} mean={metrics.MeanAccuracy:F4} " +
            $"fw={metrics.FrequencyWeightedIoU:F4} pictures={result.Pictures.Length}");
        return 0;
    }

    private static TestTimeAugmentation? AugmentationOf(Arguments arguments)
    {
        var scales = arguments.FindNumbers("scales");
        if (scales is null && !arguments.Has("flip"))
        {
            return null;
        }

        try
        {
            return new TestTimeAugmentation { Flip = arguments.Has("flip"), Scales = [.. scales ?? [1]] };
        }
        catch (ArgumentException)
        {
            throw arguments.Refuse("--scales takes 1 to 16 factors of 0.1 to 4");
        }
    }

    private static void PrintClasses(EvaluationResult result)
    {
        Console.WriteLine($"{result.Dataset}, {result.Model}, {result.EngineDescription}");
        Console.WriteLine();
        Console.WriteLine("class          IoU  accuracy");
        foreach (var item in result.Metrics.Classes)
        {
            Console.WriteLine($"{result.Classes[item.Id].Name,-12} {Score(item.IoU)}     {Score(item.Accuracy)}");
        }

        Console.WriteLine();
    }

    private static string Score(double? value) => value is { } number ? $"{number:F3}" : "    –";
}
