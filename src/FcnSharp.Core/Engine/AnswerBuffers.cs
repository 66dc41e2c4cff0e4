using FcnSharp.Imaging;

namespace FcnSharp.Engine;

/// <summary>Buffers for the results of a request, filled row by row from any thread.</summary>
internal sealed class AnswerBuffers
{
    private readonly int width;
    private readonly int height;
    private readonly int classes;
    private readonly byte[] labels;
    private readonly byte[]? confidence;
    private readonly float[]? probabilities;

    /// <summary>Allocates the buffers; <see cref="EngineGuard"/> has checked the request.</summary>
    public AnswerBuffers(ClassificationRequest request, int classes)
    {
        (width, height, this.classes) = (request.Width, request.Height, classes);
        ScoreFactor = (float)(1 / request.Temperature);
        var pixels = width * height;
        labels = new byte[pixels];
        confidence = request.Confidence ? new byte[pixels] : null;
        probabilities = request.Probabilities ? new float[pixels * classes] : null;
    }

    /// <summary>Whether the request needs a softmax.</summary>
    public bool NeedsSoftmax => confidence is not null || probabilities is not null;

    /// <summary>Factor of the scores before the softmax: one over the temperature.</summary>
    public float ScoreFactor { get; }

    public Span<byte> LabelRow(int y) => labels.AsSpan(y * width, width);

    /// <summary>Empty if confidence was not requested.</summary>
    public Span<byte> ConfidenceRow(int y) => confidence is null ? [] : confidence.AsSpan(y * width, width);

    /// <summary>Empty if probabilities were not requested.</summary>
    public Span<float> ProbabilityRow(int classId, int y) =>
        probabilities is null ? [] : probabilities.AsSpan(((classId * height) + y) * width, width);

    public Classification ToClassification() => new(
        new LabelMap(labels, width, height),
        confidence is null ? null : new GrayImage(confidence, width, height),
        probabilities is null ? null : new ScoreMap(probabilities, classes, width, height));
}
