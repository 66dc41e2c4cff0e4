using FcnSharp.Prediction;

namespace SegmentImage;

/// <summary>Prints the results of a picture.</summary>
internal static class Report
{
    public static void Print(Job job, Segmentation segmentation)
    {
        Console.WriteLine();
        Console.WriteLine($"{Path.GetFileName(job.Picture)}, {segmentation.Picture.Width}x{segmentation.Picture.Height} " +
            $"pixels, {segmentation.Timings.Total.TotalMilliseconds:F0} ms");
        Console.WriteLine();
        Console.WriteLine("  class        share");
        foreach (var share in segmentation.Shares)
        {
            Console.WriteLine($"  {share.Info.DisplayName,-12} {share.Share,6:P1}");
        }

        Console.WriteLine();
        foreach (var kind in new[] { "overlay", "colors", "labels" })
        {
            Console.WriteLine($"  {Path.GetRelativePath(Environment.CurrentDirectory, job.Output(kind))}");
        }
    }
}
