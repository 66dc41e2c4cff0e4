using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using Microsoft.ML.OnnxRuntime;

namespace OnnxEngine;

/// <summary>A custom engine: runs a file of <c>OnnxExporter</c>, with scores as its output, on ONNX Runtime. Thread-safe.</summary>
public sealed class OnnxRuntimeEngine : IFcnEngine
{
    private readonly InferenceSession session;
    private readonly Normalization normalization;

    /// <summary>Loads a file.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="card">The card of the exported network, with the normalisation of its input.</param>
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

    /// <summary>The picture as a (3, H, W) tensor of red, green and blue: (byte / 255 - mean) / deviation.</summary>
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
