using System.Diagnostics.CodeAnalysis;

namespace FcnSharp.Prediction;

/// <summary>The result of one of many pictures: its segmentation, or an exception. Immutable and thread-safe.</summary>
public sealed class PictureResult
{
    internal PictureResult(PictureSource source, Segmentation segmentation) => (Source, Segmentation) = (source, segmentation);

    internal PictureResult(PictureSource source, Exception exception) => (Source, Exception) = (source, exception);

    /// <summary>The source of the picture.</summary>
    public PictureSource Source { get; }

    /// <summary>The segmentation; null if the picture failed.</summary>
    public Segmentation? Segmentation { get; }

    /// <summary>The exception that <see cref="FcnPredictor.Segment(string, CancellationToken)"/> would have thrown; null if the picture was
    /// segmented.</summary>
    public Exception? Exception { get; }

    /// <summary>Whether the picture was segmented.</summary>
    [MemberNotNullWhen(true, nameof(Segmentation))]
    [MemberNotNullWhen(false, nameof(Exception))]
    public bool Succeeded => Segmentation is not null;
}
