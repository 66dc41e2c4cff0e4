using FcnSharp.Imaging;

namespace FcnSharp.Prediction;

/// <summary>Segments the frames of one video in their order: less flicker, and not every frame costs a look of the network.</summary>
/// <remarks>Not thread-safe: give each video its own. Any number of them may share a predictor, which they do not dispose.</remarks>
public sealed class FrameSegmenter
{
    private readonly FcnPredictor predictor;
    private readonly FrameOptions options;
    private readonly ProbabilityAverage? average;
    private Segmentation? last;
    private int reuses;

    /// <summary>Begins a video.</summary>
    /// <param name="predictor">Segments the frames, as its own options say.</param>
    /// <param name="options">Null means the defaults: every frame by itself.</param>
    public FrameSegmenter(FcnPredictor predictor, FrameOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        (this.predictor, this.options) = (predictor, options ?? new FrameOptions());
        average = this.options.Smoothing > 0 ? new ProbabilityAverage(this.options.Smoothing) : null;
    }

    /// <summary>Segments the next frame.</summary>
    /// <param name="frame">The frame. One of another size than the last begins a new video.</param>
    /// <param name="cancellationToken">Ends the work between two steps of it.</param>
    /// <returns>The frame's classes. A frame that the network does not see has the very <see cref="Segmentation.Labels"/> of the last
    /// one that it saw, and timings of zero.</returns>
    /// <exception cref="ArgumentException">The frame is too large for the engine; the message says what to do.</exception>
    /// <exception cref="FcnSharp.Engine.ScoreOverflowException">The network's numbers overflow on this frame.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
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

    /// <summary>Forgets the frames so far, as at a cut or for another video.</summary>
    public void Reset()
    {
        last = null;
        average?.Reset();
    }
}
