using System.Collections.Immutable;
using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>The scores of a predictor on a data set.</summary>
public sealed class EvaluationResult
{
    internal EvaluationResult()
    {
    }

    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The network's name; null if it has none.</summary>
    public required string? Model { get; init; }

    /// <summary>A short description of the engine.</summary>
    public required string EngineDescription { get; init; }

    /// <summary>The data set's classes.</summary>
    public required ClassList Classes { get; init; }

    /// <summary>The id of ignored pixels.</summary>
    public required int IgnoreId { get; init; }

    /// <summary>The confusion matrix over all pictures together.</summary>
    public required ConfusionMatrix Matrix { get; init; }

    /// <summary>The metrics over all pictures together.</summary>
    public required SegmentationMetrics Metrics { get; init; }

    /// <summary>The calibration of the confidence; null unless the predictor computes confidence
    /// (<see cref="FcnSharp.Prediction.PredictorOptions.Confidence"/>).</summary>
    public required Calibration? Calibration { get; init; }

    /// <summary>The scores of each picture, in the data set's order, without skipped pictures.</summary>
    public required ImmutableArray<EvaluatedPicture> Pictures { get; init; }

    /// <summary>The skipped pictures, in the data set's order.</summary>
    public required ImmutableArray<SkippedPicture> Skipped { get; init; }

    /// <summary>The pictures with the lowest mean IoU, lowest first. Of pictures that look alike, such as neighbours in a video, there is
    /// one.</summary>
    public required ImmutableArray<EvaluationExample> Worst { get; init; }

    /// <summary>The pictures with the highest mean IoU, highest first, chosen in the same way; none of <see cref="Worst"/> is among
    /// them.</summary>
    public required ImmutableArray<EvaluationExample> Best { get; init; }

    /// <summary>When the evaluation ended.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>The wall-clock time of the evaluation.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Writes a self-contained HTML file: metrics, classes, confusion matrix, worst and best pictures. The file is written
    /// atomically.</summary>
    /// <param name="path">The file; an existing file is replaced.</param>
    /// <param name="training">The training of the network, for its curves in the report; null for a report without them.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveReport(string path, TrainingCurves? training = null) =>
        AtomicFile.Write(path, stream => WriteReport(stream, training));

    /// <summary>Writes the report to a stream, at its current position. The caller disposes the stream.</summary>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="training">The training of the network, for its curves in the report; null for a report without them.</param>
    public void WriteReport(Stream stream, TrainingCurves? training = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ReportPage.Write(this, training, stream);
    }
}
