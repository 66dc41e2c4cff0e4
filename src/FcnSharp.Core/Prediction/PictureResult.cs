using System.Diagnostics.CodeAnalysis;

namespace FcnSharp.Prediction;

/// <summary>What became of one of many pictures: its classes, or why there are none. Immutable and thread-safe.</summary>
public sealed class PictureResult
{
    internal PictureResult(PictureSource source, Segmentation segmentation) => (Source, Segmentation) = (source, segmentation);

    internal PictureResult(PictureSource source, Exception exception) => (Source, Exception) = (source, exception);

    /// <summary>Which picture.</summary>
    public PictureSource Source { get; }

    /// <summary>Its classes; null if it failed.</summary>
    public Segmentation? Segmentation { get; }

    /// <summary>Why it failed, as <see cref="FcnPredictor.Segment(string, CancellationToken)"/> would have thrown it; null if it did
    /// not.</summary>
    public Exception? Exception { get; }

    /// <summary>Whether the picture was segmented.</summary>
    [MemberNotNullWhen(true, nameof(Segmentation))]
    [MemberNotNullWhen(false, nameof(Exception))]
    public bool Succeeded => Segmentation is not null;
}
