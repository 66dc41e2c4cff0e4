using System.Collections.Immutable;
using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>What a predictor scored on a data set.</summary>
public sealed class EvaluationResult
{
    internal EvaluationResult()
    {
    }

    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The network's name; null if it has none.</summary>
    public required string? Model { get; init; }

    /// <summary>What computed, in a few words.</summary>
    public required string EngineDescription { get; init; }

    /// <summary>The data set's classes.</summary>
    public required ClassList Classes { get; init; }

    /// <summary>The id of pixels that did not count.</summary>
    public required int IgnoreId { get; init; }

    /// <summary>How many pixels of each true class were given each class.</summary>
    public required ConfusionMatrix Matrix { get; init; }

    /// <summary>The metrics over all pictures together.</summary>
    public required SegmentationMetrics Metrics { get; init; }

    /// <summary>Whether confidence means what it says; null unless the predictor gives confidence
    /// (<see cref="FcnSharp.Prediction.PredictorOptions.Confidence"/>).</summary>
    public required Calibration? Calibration { get; init; }

    /// <summary>What every picture scored, in the data set's order, without the skipped ones.</summary>
    public required ImmutableArray<EvaluatedPicture> Pictures { get; init; }

    /// <summary>The pictures that were left out, in the data set's order.</summary>
    public required ImmutableArray<SkippedPicture> Skipped { get; init; }

    /// <summary>The pictures of the lowest mean IoU, lowest first.</summary>
    public required ImmutableArray<EvaluationExample> Worst { get; init; }

    /// <summary>The pictures of the highest mean IoU, highest first; none of <see cref="Worst"/> is among them.</summary>
    public required ImmutableArray<EvaluationExample> Best { get; init; }

    /// <summary>When the evaluation ended.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>How long it took, by the clock.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Writes one HTML file that needs nothing else: metrics, classes, confusion matrix, worst and best pictures. Whole or not at
    /// all.</summary>
    /// <param name="path">The file; one of that name is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveReport(string path) => AtomicFile.Write(path, WriteReport);

    /// <summary>Writes the report to a stream from where it stands; not disposed.</summary>
    public void WriteReport(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ReportPage.Write(this, stream);
    }
}
