using System.ComponentModel;
using System.Text.Json.Serialization;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace WebDemo.Answers;

/// <summary>A segmented picture as JSON: what <see cref="Segmentation.ToJson"/> gives, and the labels if they were asked for.</summary>
internal sealed record SegmentationAnswer(
    [property: Description("What computed it.")] string Engine,
    [property: Description("Milliseconds.")] AnswerTimings TimingsMs,
    [property: Description("Columns, in pixels.")] int Width,
    [property: Description("Rows, in pixels.")] int Height,
    [property: Description("The classes that the picture has; largest first.")] IReadOnlyList<AnswerClass> Classes,
    [property: Description("Connected pixels of one class; largest first.")] IReadOnlyList<AnswerRegion> Regions,
    [property: Description("The class ids, row by row from the top left, as runs: id, how many pixels, id, how many pixels, ... " +
        "255 is no class.")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyList<int>? LabelRuns)
{
    public static SegmentationAnswer Of(Segmentation segmentation, RegionOptions options, bool labels) => new(
        segmentation.Engine,
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
}
