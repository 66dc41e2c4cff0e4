using FcnSharp.Data;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace TrainYourOwn.Output;

/// <summary>Evaluates the model file: prints scores, writes an HTML report and overlays, and prints how to use the file.</summary>
internal static class FinalReport
{
    private const int Pictures = 6;

    public static void Write(ResultFolder folder, ISegmentationDataset validation, CancellationToken cancellationToken)
    {
        using var predictor = FcnPredictor.Load(folder.Model);
        var result = Evaluator.Run(predictor, validation, cancellationToken: cancellationToken);
        result.SaveReport(folder.Report, TrainingCurves.Load(folder.Run));
        SaveOverlays(predictor, validation, folder.Overlays, cancellationToken);

        Console.WriteLine();
        Console.WriteLine("  class               IoU");
        foreach (var metrics in result.Metrics.Classes)
        {
            Console.WriteLine($"  {result.Classes[metrics.Id].DisplayName,-16} {(metrics.IoU is { } score ? $"{score:F3}" : "-"),6}");
        }

        Console.WriteLine($"  mean IoU         {result.Metrics.MeanIoU,6:F3}   pixel accuracy {result.Metrics.PixelAccuracy:F3}");
        Console.WriteLine();
        Console.WriteLine($"model:    {folder.Model}, {new FileInfo(folder.Model).Length / 1024} KiB");
        Console.WriteLine($"report:   {folder.Report}");
        Console.WriteLine($"pictures: {folder.Overlays}");
        Console.WriteLine($"use it:   using var predictor = FcnPredictor.Load(@\"{Path.GetFullPath(folder.Model)}\");");
    }

    /// <summary>Saves overlays of pictures that are evenly spaced over the validation pictures.</summary>
    private static void SaveOverlays(
        FcnPredictor predictor, ISegmentationDataset validation, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var count = Math.Min(Pictures, validation.Count);
        for (var i = 0; i < count; i++)
        {
            var sample = validation.Load((int)((long)i * validation.Count / count));
            var overlay = Path.Combine(folder, $"{sample.Name.Replace('/', '-')}.png");
            predictor.Segment(sample.Picture, cancellationToken).SaveOverlay(overlay, new OverlayOptions { Legend = true });
        }
    }
}
