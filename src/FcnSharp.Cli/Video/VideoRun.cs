using System.Runtime.CompilerServices;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using FcnSharp.Support;

namespace FcnSharp.Cli.Video;

/// <summary>Segments a video: while the network computes a frame, the next frames are decoded, and the previous ones are drawn and
/// encoded.</summary>
internal sealed class VideoRun
{
    /// <summary>The memory limit of the decoded frames that wait for the network, in bytes.</summary>
    private const long QueueSize = 128 << 20;

    /// <summary>How many frames are being drawn, or wait for the encoder.</summary>
    private const int DrawnAhead = 3;

    public required FfmpegPrograms Programs { get; init; }

    public required string Video { get; init; }

    public required VideoInfo Info { get; init; }

    /// <summary>Which frames the network computes, and the smoothing.</summary>
    public required FrameOptions Frames { get; init; }

    public required FrameComposer Composer { get; init; }

    public required ShareCounter Shares { get; init; }

    public NetworkClock Network { get; } = new();

    /// <summary>How many frames the encoder has got.</summary>
    public int Done { get; private set; }

    /// <summary>The first error that ffmpeg reported while it decoded, without failing; null for none.</summary>
    public string? Complaint { get; private set; }

    /// <summary>Segments all frames and writes the result.</summary>
    /// <param name="predictor">The predictor.</param>
    /// <param name="target">The result.</param>
    /// <param name="report">Gets the number of frames after each frame.</param>
    /// <param name="cancellationToken">Ends the run and kills ffmpeg.</param>
    public async Task RunAsync(FcnPredictor predictor, VideoTarget target, Action<int> report, CancellationToken cancellationToken)
    {
        var decoder = new VideoDecoder(Programs, Video, Info);
        var frames = OrderedPrefetch.Run(
            decoder.ReadAsync(cancellationToken), (frame, _) => Task.FromResult(frame), FramesAhead(), cancellationToken);
        var drawn = OrderedPrefetch.Run(
            SegmentAsync(predictor, frames, cancellationToken),
            (frame, _) => Task.FromResult(Composer.Compose(frame)),
            DrawnAhead,
            cancellationToken);

        using var encoder = new VideoEncoder(Programs, Video, Info, target, Composer.Size, cancellationToken);
        await foreach (var (frame, drawing) in drawn)
        {
            await encoder.WriteAsync(await drawing);
            Shares.Add(Done, frame.Labels);
            report(++Done);
        }

        await encoder.FinishAsync();
        Complaint = decoder.Complaint;
    }

    private async IAsyncEnumerable<Segmentation> SegmentAsync(
        FcnPredictor predictor,
        IAsyncEnumerable<(RgbImage Frame, Task<RgbImage> Work)> frames,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var segmenter = new FrameSegmenter(predictor, Frames);
        await foreach (var (frame, _) in frames)
        {
            yield return Network.Measure(() => segmenter.Segment(frame, cancellationToken));
        }
    }

    /// <summary>The frames between two computed ones and a few more, so that the network does not wait for decoding.</summary>
    private int FramesAhead() => (int)Math.Clamp(QueueSize / (3L * Info.Width * Info.Height), 2, Frames.Every + 3);
}
