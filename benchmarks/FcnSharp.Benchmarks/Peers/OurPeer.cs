using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Benchmarks.Peers;

/// <summary>The managed CPU engine.</summary>
internal sealed class OurPeer(FcnNetwork network, int threads) : Peer
{
    private readonly CpuEngine engine = new(network, new CpuEngineOptions { Threads = threads });

    public override string Name => "ours";

    public override float[] Scores(RgbImage picture) => engine.Score(picture).Values.ToArray();

    public override byte[] Labels(RgbImage picture) =>
        engine.Classify(picture, new ClassificationRequest { Width = picture.Width, Height = picture.Height }).Labels.Labels.ToArray();

    public override void Dispose() => engine.Dispose();
}
