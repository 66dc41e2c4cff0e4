using System.Runtime.CompilerServices;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using FcnSharp.Support;

namespace FcnSharp.Cli.Video;

/// <summary>Segments a video: while the network segments a frame, the next frames are decoded, and the previous ones are drawn and
/// encoded.</summary>
internal sealed class VideoRun
{
    /// <summary>The maximum memory of frames that wait for the network, in bytes.</summary>
    private const long QueueSize = 128 << 20;

    /// <summary>Number of frames that are being drawn or wait to be written.</summary>
    private const int DrawnAhead = 3;

    public required FfmpegPrograms Programs { get; init; }

    public required string Video { get; init; }

    public required VideoInfo Info { get; init; }

    /// <summary>The interval of segmented frames, and the smoothing.</summary>
    public required FrameOptions Frames { get; init; }

    public required FrameComposer Composer { get; init; }

    public required ShareCounter Shares { get; init; }

    public NetworkClock Network { get; } = new();

    /// <summary>Number of frames that were sent to the encoder.</summary>
    public int Done { get; private set; }

    /// <summary>Warnings of ffmpeg during decoding; null for none.</summary>
    public string? Complaint { get; private set; }

    /// <param name="predictor">The predictor.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="report">Receives the number of finished frames after every frame.</param>
    /// <param name="cancellationToken">Ends the run and ffmpeg.</param>
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

    /// <summary>The number of frames from one segmented frame to the next, so that the network does not wait for them.</summary>
    private int FramesAhead() => (int)Math.Clamp(QueueSize / (3L * Info.Width * Info.Height), 2, Frames.Every + 3);
}
