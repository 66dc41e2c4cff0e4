using System.Text.Json;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace WebDemo.Answers;

/// <summary>Makes the bytes of one kind of answer.</summary>
internal sealed class AnswerWriter(AnswerKind kind, AnswerOptions options, JsonSerializerOptions json)
{
    // Made here, so that a bad option is refused before the work.
    private readonly OverlayOptions overlay = options.ToOverlay();
    private readonly RegionOptions regions = options.ToRegions();

    public string ContentType => kind is AnswerKind.Json or AnswerKind.JsonWithLabels ? "application/json" : "image/png";

    public byte[] Write(Segmentation segmentation) => kind switch
    {
        AnswerKind.Json => Json(segmentation, labels: false),
        AnswerKind.JsonWithLabels => Json(segmentation, labels: true),
        AnswerKind.Overlay => Png(segmentation.ToOverlay(overlay)),
        AnswerKind.Colors => Png(segmentation.ToColorMap()),
        AnswerKind.Labels => Collect(stream => segmentation.Labels.Write(stream, segmentation.Classes.Palette)),
        _ => throw new InvalidOperationException($"There is no writer for {kind}."),
    };

    private byte[] Json(Segmentation segmentation, bool labels) =>
        JsonSerializer.SerializeToUtf8Bytes(SegmentationAnswer.Of(segmentation, regions, labels), json);

    private static byte[] Png(RgbImage picture) => Collect(stream => picture.Write(stream, ImageFormat.Png));

    private static byte[] Collect(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
