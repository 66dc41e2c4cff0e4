using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using Microsoft.ML.OnnxRuntime;

namespace OnnxEngine;

/// <summary>An engine of one's own: ONNX Runtime on a file that <c>OnnxExporter</c> wrote, scores and not labels. Thread-safe.</summary>
public sealed class OnnxRuntimeEngine : IFcnEngine
{
    private readonly InferenceSession session;
    private readonly Normalization normalization;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="card">That of the network that was exported; it says how pictures are normalised.</param>
    /// <exception cref="ArgumentException">The card has no normalisation.</exception>
    public OnnxRuntimeEngine(string path, ModelCard card)
    {
        normalization = EngineGuard.NormalizationOf(card);
        session = new InferenceSession(path);
        (Card, NumClasses) = (card, session.OutputMetadata["scores"].Dimensions[1]);
    }

    /// <inheritdoc/>
    public int NumClasses { get; }

    /// <inheritdoc/>
    public ModelCard Card { get; }

    /// <inheritdoc/>
    public string Description => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    /// <inheritdoc/>
    public ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default)
    {
        EngineGuard.ThrowIfAnswerTooLarge(picture.Width, picture.Height, Math.Max(3, NumClasses));
        var values = Normalized(picture);
        using var images = OrtValue.CreateTensorValueFromMemory(values, [1, 3, picture.Height, picture.Width]);
        using var run = new RunOptions();
        using var canceling = cancellationToken.Register(() => run.Terminate = true);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using var results = session.Run(run, ["images"], [images], ["scores"]);
            var planes = results[0].GetTensorDataAsSpan<float>().ToArray();
            var scores = new ScoreMap(planes, NumClasses, picture.Width, picture.Height);
            EngineGuard.RefuseOverflow(scores);
            return scores;
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    /// <summary>(3, H, W): red, then green, then blue.</summary>
    private float[] Normalized(RgbImage picture)
    {
        var (mean, deviation) = (normalization.Mean, normalization.Deviation);
        (float Mean, float Deviation)[] channels = [(mean.R, deviation.R), (mean.G, deviation.G), (mean.B, deviation.B)];
        var pixels = picture.Pixels.Span;
        var values = new float[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (pixel, channel) = Math.DivRem(i, 3);
            values[(channel * (pixels.Length / 3)) + pixel] =
                ((pixels[i] / 255f) - channels[channel].Mean) / channels[channel].Deviation;
        }

        return values;
    }
}
