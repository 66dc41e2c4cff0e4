using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Torch;
using TorchSharp;

namespace FcnSharp.Benchmarks.Peers;

/// <summary>The TorchSharp module in eager mode.</summary>
internal sealed class TorchPeer : Peer
{
    private readonly TorchEngine engine;

    public TorchPeer(FcnNetwork network, int threads)
    {
        engine = new TorchEngine(network);
        torch.set_num_threads(threads);
    }

    public override string Name => "torchsharp";

    public override float[] Scores(RgbImage picture) => engine.Score(picture).Values.ToArray();

    public override byte[] Labels(RgbImage picture) =>
        engine.Classify(picture, new ClassificationRequest { Width = picture.Width, Height = picture.Height }).Labels.Labels.ToArray();

    public override void Dispose() => engine.Dispose();
}
