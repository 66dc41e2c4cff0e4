using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Prediction;

namespace FcnSharp;

/// <summary>
/// An FCN-4s on a shortened ResNet-18, trained on street scenes: sky, building, pole, road, pavement, tree, sign, fence, car, pedestrian,
/// bicyclist.
/// It comes with this assembly, so no file is needed.
/// </summary>
/// <remarks>
/// The trunk started from ImageNet (MIT); the weights were trained on CamVid and LabelMeFacade, which are for non-commercial and research
/// use; so are the weights
/// (LICENSE-WEIGHTS.txt, and <see cref="ModelCard.License"/>). Thread-safe. The network is read by the reader of model files alone, so
/// that a native or trimmed program has no code for other formats.
/// </remarks>
public static class StreetScenes
{
    private const string Resource = "street-scenes.safetensors";

    /// <summary>Loads the network. Its card has the classes, the normalisation, the working size, how it was trained and what it
    /// scored.</summary>
    public static FcnNetwork LoadNetwork()
    {
        using var stream = typeof(StreetScenes).Assembly.GetManifestResourceStream(Resource)!;
        return FcnNetwork.Load(stream, Resource);
    }

    /// <summary>Makes a predictor on the managed CPU engine. The caller disposes it; make one and share it.</summary>
    /// <param name="options">How pictures are seen, and what is given; null means the defaults.</param>
    /// <param name="engine">Threads and memory; null means the defaults.</param>
    public static FcnPredictor CreatePredictor(PredictorOptions? options = null, CpuEngineOptions? engine = null) =>
        FcnPredictor.Create(LoadNetwork(), options, engine);
}
