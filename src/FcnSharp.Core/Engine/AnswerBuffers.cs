using FcnSharp.Imaging;

namespace FcnSharp.Engine;

/// <summary>Room for what a request asks for, to be filled row by row from any thread.</summary>
internal sealed class AnswerBuffers
{
    private readonly int width;
    private readonly int height;
    private readonly int classes;
    private readonly byte[] labels;
    private readonly byte[]? confidence;
    private readonly float[]? probabilities;

    /// <summary>Takes the room; <see cref="EngineGuard"/> has let the request pass.</summary>
    public AnswerBuffers(ClassificationRequest request, int classes)
    {
        (width, height, this.classes) = (request.Width, request.Height, classes);
        ScoreFactor = (float)(1 / request.Temperature);
        var pixels = width * height;
        labels = new byte[pixels];
        confidence = request.Confidence ? new byte[pixels] : null;
        probabilities = request.Probabilities ? new float[pixels * classes] : null;
    }

    /// <summary>Whether anything is asked for that takes a softmax.</summary>
    public bool NeedsSoftmax => confidence is not null || probabilities is not null;

    /// <summary>What scores are multiplied by before the softmax: one over the temperature.</summary>
    public float ScoreFactor { get; }

    public Span<byte> LabelRow(int y) => labels.AsSpan(y * width, width);

    /// <summary>Empty when confidence is not asked for.</summary>
    public Span<byte> ConfidenceRow(int y) => confidence is null ? [] : confidence.AsSpan(y * width, width);

    /// <summary>Empty when probabilities are not asked for.</summary>
    public Span<float> ProbabilityRow(int classId, int y) =>
        probabilities is null ? [] : probabilities.AsSpan(((classId * height) + y) * width, width);

    public Classification ToClassification() => new(
        new LabelMap(labels, width, height),
        confidence is null ? null : new GrayImage(confidence, width, height),
        probabilities is null ? null : new ScoreMap(probabilities, classes, width, height));
}
