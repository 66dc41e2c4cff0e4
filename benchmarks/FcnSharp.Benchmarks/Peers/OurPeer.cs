using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;

namespace FcnSharp.Benchmarks.Peers;

/// <summary>A predictor on the managed CPU engine.</summary>
internal sealed class OurPeer : Peer
{
    private readonly CpuEngine? engine;
    private readonly FcnPredictor predictor;

    public OurPeer(FcnNetwork network, int threads)
    {
        engine = new CpuEngine(network, new CpuEngineOptions { Threads = threads });
        predictor = new FcnPredictor(engine, new PredictorOptions { WorkingSize = 0 });
    }

    private OurPeer(FcnPredictor predictor) => this.predictor = predictor;

    public override string Name => "ours";

    public static OurPeer Load(string path, int threads) =>
        new(FcnPredictor.Load(path, new PredictorOptions { WorkingSize = 0 }, engine: new CpuEngineOptions { Threads = threads }));

    public override float[] Scores(RgbImage picture) => engine!.Score(picture).Values.ToArray();

    public override byte[] Labels(RgbImage picture) => predictor.Segment(picture).Labels.Labels.ToArray();

    public override void Dispose() => predictor.Dispose();
}
