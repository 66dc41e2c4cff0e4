using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Weights;
using Microsoft.ML.OnnxRuntime;

namespace FcnSharp.Benchmarks.Peers;

/// <summary>ONNX Runtime with all graph optimisations, on the exported network; its threads do not spin between runs.</summary>
internal sealed class OnnxRuntimePeer : Peer
{
    private readonly FcnNetwork network;
    private readonly int threads;
    private readonly InferenceSession labels;
    private readonly Normalization normalization;

    public OnnxRuntimePeer(FcnNetwork network, int threads)
    {
        (this.network, this.threads) = (network, threads);
        normalization = network.Card.Normalization!;
        labels = Session(argMax: true);
    }

    public override string Name => "onnxruntime";

    /// <summary>Loads an exported network.</summary>
    public static InferenceSession Open(string path, int threads)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new InferenceSession(path, options);
    }

    public override float[] Scores(RgbImage picture)
    {
        using var scores = Session(argMax: false);
        using var results = Run(scores, picture);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public override byte[] Labels(RgbImage picture)
    {
        using var results = Run(labels, picture);
        var ids = results[0].GetTensorDataAsSpan<long>();
        var bytes = new byte[ids.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)ids[i];
        }

        return bytes;
    }

    public override void Dispose() => labels.Dispose();

    private InferenceSession Session(bool argMax)
    {
        using var folder = new TemporaryFolder();
        OnnxExporter.Export(network, folder.At("model.onnx"), new OnnxOptions { ArgMax = argMax });
        return Open(folder.At("model.onnx"), threads);
    }

    private IDisposableReadOnlyCollection<OrtValue> Run(InferenceSession session, RgbImage picture)
    {
        var input = Normalized(picture);
        using var images = OrtValue.CreateTensorValueFromMemory(input, [1, 3, picture.Height, picture.Width]);
        using var run = new RunOptions();
        return session.Run(run, ["images"], [images], [session.OutputNames[0]]);
    }

    private float[] Normalized(RgbImage picture)
    {
        var (mean, deviation) = (normalization.Mean, normalization.Deviation);
        var values = new float[3 * picture.Width * picture.Height];
        var pixels = picture.Pixels.Span;
        Fill(0, mean.R, deviation.R, pixels);
        Fill(1, mean.G, deviation.G, pixels);
        Fill(2, mean.B, deviation.B, pixels);
        return values;

        void Fill(int channel, float shift, float scale, ReadOnlySpan<byte> bytes)
        {
            var plane = values.AsSpan(channel * (values.Length / 3), values.Length / 3);
            var (factor, offset) = (1 / (255 * scale), -shift / scale);
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = (bytes[(3 * i) + channel] * factor) + offset;
            }
        }
    }
}
