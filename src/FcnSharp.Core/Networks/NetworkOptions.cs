using FcnSharp.Networks.Graphs;
using FcnSharp.Support;

namespace FcnSharp.Networks;

/// <summary>What a network is built from: <see cref="FcnOptions"/>, <see cref="DilatedFcnOptions"/>, or <see cref="GraphOptions"/> for any
/// other. Immutable; change a copy with <c>with</c>.</summary>
public abstract record NetworkOptions
{
    private protected NetworkOptions()
    {
    }

    /// <summary>Number of score channels, background included; 2 to 255. The default, 21, is Pascal VOC.</summary>
    public int NumClasses
    {
        get;
        init => field = Guard.InRange(value, 2, 255, nameof(NumClasses),
            "Count the background as a class; label 255 stays free for ignored pixels.");
    } = 21;

    /// <summary>What turns a picture into features.</summary>
    public abstract TrunkOptions Trunk { get; init; }

    /// <summary>The network as operations, from the picture to the scores.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public abstract NetworkGraph ToGraph();

    /// <summary>Checks the rules between the properties.</summary>
    /// <exception cref="ArgumentException">They contradict each other; the message says which do.</exception>
    public abstract void Validate();

    /// <summary>What network it is, in a few words, such as "Fcn8s, Compact layout".</summary>
    public abstract string Kind { get; }

    /// <summary>The network in the words that the metadata of model files have for it, such as <c>variant</c> and <c>num_classes</c>; see
    /// docs/model-files.md.</summary>
    public IReadOnlyDictionary<string, string> Describe() =>
        new SortedDictionary<string, string>(ModelMetadata.Describe(this).ToDictionary(), StringComparer.Ordinal);

    /// <summary>The same network with its batch normalisation folded.</summary>
    /// <param name="folded">Its graph then.</param>
    internal virtual NetworkOptions WithoutBatchNorm(NetworkGraph folded) => this with { Trunk = Trunk with { BatchNorm = false } };
}
