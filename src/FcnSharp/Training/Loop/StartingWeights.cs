using FcnSharp.Imaging;
using FcnSharp.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Loop;

/// <summary>Which tensors of a network another one can start from.</summary>
internal static class StartingWeights
{
    /// <summary>Copies every tensor that fits; the others stay as they are.</summary>
    public static void Copy(Module module, FcnOptions options, FcnNetwork start, ClassList classes)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var state = module.state_dict();
        foreach (var spec in StateDict.TensorsOf(options).Where(Fitting(options, start, classes)))
        {
            TensorCopy.Into(state[spec.Name], start[spec.Name].Values.Span);
        }
    }

    /// <summary>The layers that start anew, each once, in order.</summary>
    public static IReadOnlyList<string> NewLayers(FcnOptions options, FcnNetwork start, ClassList classes)
    {
        var fits = Fitting(options, start, classes);
        return [.. StateDict.TensorsOf(options).Where(spec => !fits(spec)).Select(spec => spec.Name[..spec.Name.LastIndexOf('.')])
            .Distinct()];
    }

    /// <summary>Whether the network names other classes than these; their colours do not matter.</summary>
    public static bool HasOtherClasses(FcnNetwork network, ClassList classes) =>
        network.Options.NumClasses != classes.Count
        || (network.Card.Classes is { } named && !named.Select(info => info.Name).SequenceEqual(classes.Select(info => info.Name)));

    private static Func<TensorSpec, bool> Fitting(FcnOptions options, FcnNetwork start, ClassList classes)
    {
        var available = StateDict.TensorsOf(start.Options).ToHashSet();
        var ofClasses = HasOtherClasses(start, classes) ? LayersOfClasses(options) : [];
        return spec => available.Contains(spec) && !ofClasses.Contains(spec.Name[..spec.Name.LastIndexOf('.')]);
    }

    private static HashSet<string> LayersOfClasses(FcnOptions options)
    {
        var architecture = new FcnArchitecture(options);
        return [.. architecture.ScoreLayers.Select(layer => layer.Name), .. architecture.Upsamplers.Select(layer => layer.Name)];
    }
}
