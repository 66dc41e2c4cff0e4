using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Training.Planning;

/// <summary>Determines which tensors of a network can initialise another one.</summary>
internal static class StartingWeights
{
    /// <summary>The tensors that fit.</summary>
    public static IEnumerable<NamedTensor> Of(NetworkOptions options, FcnNetwork start, ClassList classes) =>
        StateDict.TensorsOf(options).Where(Fitting(options, start, classes)).Select(spec => start[spec.Name]);

    /// <summary>The layers that are reinitialised, each once, in order.</summary>
    public static IReadOnlyList<string> NewLayers(NetworkOptions options, FcnNetwork start, ClassList classes)
    {
        var fits = Fitting(options, start, classes);
        return [.. StateDict.TensorsOf(options).Where(spec => !fits(spec)).Select(spec => spec.Name[..spec.Name.LastIndexOf('.')])
            .Distinct()];
    }

    /// <summary>The residual blocks that a shortened trunk lacks, in order.</summary>
    public static IReadOnlyList<string> DroppedBlocks(NetworkOptions options, FcnNetwork start)
    {
        var kept = BlocksOf(options).ToHashSet(StringComparer.Ordinal);
        return [.. BlocksOf(start.Options).Where(block => !kept.Contains(block))];

        static IEnumerable<string> BlocksOf(NetworkOptions options) => options.Trunk is not ResNetTrunkOptions
            ? []
            : options.ToGraph().Nodes.OfType<AddNode>().Select(node => node.Name).Where(TrunkOptions.IsTrunkTensor);
    }

    /// <summary>Whether a trunk can be initialised from another: it is the same, or a ResNet with fewer blocks.</summary>
    public static bool Fits(TrunkOptions trunk, TrunkOptions start) =>
        trunk == start
        || (trunk is ResNetTrunkOptions { Blocks: var blocks } resNet && start is ResNetTrunkOptions { Blocks: var available } whole
            && whole with { Blocks = blocks } == resNet
            && blocks.Stage1 <= available.Stage1 && blocks.Stage2 <= available.Stage2
            && blocks.Stage3 <= available.Stage3 && blocks.Stage4 <= available.Stage4);

    /// <summary>Whether the network's classes differ from these; colours do not matter.</summary>
    public static bool HasOtherClasses(FcnNetwork network, ClassList classes) =>
        network.Options.NumClasses != classes.Count
        || (network.Card.Classes is { } named && !named.Select(info => info.Name).SequenceEqual(classes.Select(info => info.Name)));

    private static Func<TensorSpec, bool> Fitting(NetworkOptions options, FcnNetwork start, ClassList classes)
    {
        var available = StateDict.TensorsOf(start.Options).ToHashSet();
        var ofClasses = HasOtherClasses(start, classes) ? LayersOfClasses(options) : [];
        return spec => available.Contains(spec) && !ofClasses.Contains(spec.Name[..spec.Name.LastIndexOf('.')]);
    }

    private static HashSet<string> LayersOfClasses(NetworkOptions options)
    {
        var graph = options.ToGraph();
        return [.. graph.LastConvolutions.Select(layer => layer.Name), .. graph.Upsamplers.Select(layer => layer.Name)];
    }
}
