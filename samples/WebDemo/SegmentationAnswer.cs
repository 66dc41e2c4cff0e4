using System.ComponentModel;
using System.Text.Json.Serialization;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace WebDemo;

/// <summary>A segmented picture as JSON: what <see cref="Segmentation.ToJson"/> gives, and the labels if they were asked for.</summary>
internal sealed record SegmentationAnswer(
    [property: Description("What computed it.")] string Engine,
    [property: Description("Milliseconds.")] SegmentationAnswer.AnswerTimings TimingsMs,
    [property: Description("Columns, in pixels.")] int Width,
    [property: Description("Rows, in pixels.")] int Height,
    [property: Description("The classes that the picture has; largest first.")] IReadOnlyList<SegmentationAnswer.AnswerClass> Classes,
    [property: Description("Connected pixels of one class; largest first.")] IReadOnlyList<SegmentationAnswer.AnswerRegion> Regions,
    [property: Description("The class ids, row by row from the top left, as runs: id, how many pixels, id, how many pixels, ... " +
        "255 is no class.")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyList<int>? LabelRuns)
{
    public static SegmentationAnswer Of(Segmentation segmentation, RegionOptions options, bool labels) => new(
        segmentation.EngineDescription,
        AnswerTimings.Of(segmentation.Timings),
        segmentation.Picture.Width,
        segmentation.Picture.Height,
        [.. segmentation.Shares.Select(AnswerClass.Of)],
        [.. segmentation.Labels.FindRegions(options).Select(region => AnswerRegion.Of(region, segmentation.Classes))],
        labels ? Runs(segmentation.Labels.Labels.Span) : null);

    private static List<int> Runs(ReadOnlySpan<byte> labels)
    {
        List<int> runs = [];
        while (!labels.IsEmpty)
        {
            var length = labels.IndexOfAnyExcept(labels[0]) is var next and >= 0 ? next : labels.Length;
            runs.Add(labels[0]);
            runs.Add(length);
            labels = labels[length..];
        }

        return runs;
    }

    /// <summary>How much of the picture a class covers; the share is a fraction, 0 to 1.</summary>
    internal sealed record AnswerClass(int Id, string Name, string Color, long Pixels, double Share)
    {
        public static AnswerClass Of(ClassShare share) =>
            new(share.Id, share.Info.Name, share.Info.Color.ToString(), share.Pixels, Math.Round(share.Share, 6));
    }

    /// <summary>Connected pixels of one class, and the smallest box around them.</summary>
    internal sealed record AnswerRegion(int ClassId, string ClassName, long Pixels, PixelBox Box)
    {
        public static AnswerRegion Of(Region region, ClassList classes) =>
            new(region.ClassId, classes[region.ClassId].Name, region.PixelCount, region.Box);
    }

    /// <summary>Where the time went, in milliseconds.</summary>
    internal sealed record AnswerTimings(double Decoding, double Scaling, double Network, double Total)
    {
        public static AnswerTimings Of(SegmentationTimings timings) =>
            new(Rounded(timings.Decoding), Rounded(timings.Scaling), Rounded(timings.Network), Rounded(timings.Total));

        private static double Rounded(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
    }
}
