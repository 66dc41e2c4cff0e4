using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Benchmarks.Peers;

/// <summary>A library that runs the network, from RGB bytes to a label map.</summary>
internal abstract class Peer : IDisposable
{
    /// <summary>The peers by name, in the order in which they are measured.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ours", "torchsharp", "onnxruntime"];

    public abstract string Name { get; }

    /// <summary>Class scores, (NumClasses, Height, Width), for the comparison of outputs.</summary>
    public abstract float[] Scores(RgbImage picture);

    /// <summary>The class of every pixel.</summary>
    public abstract byte[] Labels(RgbImage picture);

    public static Peer Create(string name, FcnNetwork network, int threads) => name switch
    {
        "ours" => new OurPeer(network, threads),
        "torchsharp" => new TorchPeer(network, threads),
        _ => new OnnxRuntimePeer(network, threads),
    };

    /// <summary>Creates the peer from a model file: our predictor loads the file itself, the other peers get the loaded network.</summary>
    public static Peer Load(string name, string path, int threads) =>
        name == "ours" ? OurPeer.Load(path, threads) : Create(name, FcnNetwork.Load(path), threads);

    public abstract void Dispose();
}
