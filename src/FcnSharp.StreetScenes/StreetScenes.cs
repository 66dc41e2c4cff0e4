using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Prediction;

namespace FcnSharp;

/// <summary>
/// An FCN-4s on a shortened ResNet-18, trained on street scenes: sky, building, pole, road, pavement, tree, sign, fence, car, pedestrian,
/// bicyclist. It is embedded in this assembly, so no file is needed.
/// </summary>
/// <remarks>
/// The trunk was pretrained on ImageNet (MIT). The weights were trained on CamVid and LabelMeFacade, which are for non-commercial and
/// research use, and so are the weights (LICENSE-WEIGHTS.txt, and <see cref="ModelCard.License"/>). Thread-safe. Only the reader of model
/// files is used, so that a native or trimmed program has no code for other formats.
/// </remarks>
public static class StreetScenes
{
    private const string Resource = "street-scenes.safetensors";

    /// <summary>Loads the network. Its card has the classes, the normalisation, the working size, the training and the scores.</summary>
    public static FcnNetwork LoadNetwork()
    {
        using var stream = typeof(StreetScenes).Assembly.GetManifestResourceStream(Resource)!;
        return FcnNetwork.Load(stream, Resource);
    }

    /// <summary>Creates a predictor on the managed CPU engine. The caller disposes it; create one and share it.</summary>
    /// <param name="options">Working size, views and results; null means the defaults.</param>
    /// <param name="engine">Threads and memory; null means the defaults.</param>
    public static FcnPredictor CreatePredictor(PredictorOptions? options = null, CpuEngineOptions? engine = null) =>
        FcnPredictor.Create(LoadNetwork(), options, engine);
}
