using FcnSharp.Imaging;

namespace FcnSharp.Prediction;

/// <summary>Segments the frames of one video in order, with a mean over time against flicker, and reused labels between frames.</summary>
/// <remarks>Not thread-safe: create one for each video. Any number of segmenters may share a predictor, which they do not
/// dispose.</remarks>
public sealed class FrameSegmenter
{
    private readonly FcnPredictor predictor;
    private readonly FrameOptions options;
    private readonly ProbabilityAverage? average;
    private Segmentation? last;
    private int reuses;

    /// <summary>Creates a segmenter for one video.</summary>
    /// <param name="predictor">The predictor of the frames, with options of its own.</param>
    /// <param name="options">Null means the defaults: every frame separately.</param>
    public FrameSegmenter(FcnPredictor predictor, FrameOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        (this.predictor, this.options) = (predictor, options ?? new FrameOptions());
        average = this.options.Smoothing > 0 ? new ProbabilityAverage(this.options.Smoothing) : null;
    }

    /// <summary>Segments the next frame.</summary>
    /// <param name="frame">The frame. A frame of another size than the previous one starts a new video.</param>
    /// <param name="cancellationToken">Ends the work between two of its steps.</param>
    /// <returns>The frame's classes. A frame that the network does not compute has the same <see cref="Segmentation.Labels"/> object as the
    /// last computed one, and timings of zero.</returns>
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

    /// <summary>Discards the mean and the last labels, for example at a cut or before another video.</summary>
    public void Reset()
    {
        last = null;
        average?.Reset();
    }
}
