using FcnSharp.Imaging;

namespace FcnSharp.Prediction;

/// <summary>Segments the frames of one video in order, with smoothing against flicker and with optional skipping of frames.</summary>
/// <remarks>Not thread-safe: create one for each video. Any number of them can share a predictor, which they do not dispose.</remarks>
public sealed class FrameSegmenter
{
    private readonly FcnPredictor predictor;
    private readonly FrameOptions options;
    private readonly ProbabilityAverage? average;
    private Segmentation? last;
    private int reuses;

    /// <summary>Starts a video.</summary>
    /// <param name="predictor">The predictor, whose options apply to every frame.</param>
    /// <param name="options">Null means the defaults: every frame independently.</param>
    public FrameSegmenter(FcnPredictor predictor, FrameOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        (this.predictor, this.options) = (predictor, options ?? new FrameOptions());
        average = this.options.Smoothing > 0 ? new ProbabilityAverage(this.options.Smoothing) : null;
    }

    /// <summary>Segments the next frame.</summary>
    /// <param name="frame">The frame. A frame of another size than the previous one starts a new video.</param>
    /// <param name="cancellationToken">Cancels the segmentation between two of its steps.</param>
    /// <returns>The segmentation. A skipped frame has the same <see cref="Segmentation.Labels"/> object as the last
    /// segmented one, and timings of zero.</returns>
    /// <exception cref="ArgumentException">The frame is too large for the engine; the message states the remedy.</exception>
    /// <exception cref="FcnSharp.Engine.ScoreOverflowException">The scores of the frame overflow.</exception>
    /// <exception cref="OperationCanceledException">The segmentation was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public Segmentation Segment(RgbImage frame, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        cancellationToken.ThrowIfCancellationRequested();
        if (last is { } other && (other.Labels.Width, other.Labels.Height) != (frame.Width, frame.Height))
        {
            Reset();
        }

        if (last is { } reused && reuses + 1 < options.Every)
        {
            reuses++;
            return reused.For(frame);
        }

        last = predictor.Segment(frame, average, cancellationToken);
        reuses = 0;
        return last;
    }

    /// <summary>Discards the average and the labels of the previous frames, for a cut or another video.</summary>
    public void Reset()
    {
        last = null;
        average?.Reset();
    }
}
