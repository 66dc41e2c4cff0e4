using FcnSharp.Networks.Graphs;
using FcnSharp.Support;

namespace FcnSharp.Networks;

/// <summary>The structure of a network: <see cref="FcnOptions"/>, <see cref="DilatedFcnOptions"/>, or <see cref="GraphOptions"/> for any
/// other network. Immutable; change a copy with <c>with</c>.</summary>
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

    /// <summary>The trunk, which turns a picture into features.</summary>
    public abstract TrunkOptions Trunk { get; init; }

    /// <summary>The network as operations, from the picture to the scores.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public abstract NetworkGraph ToGraph();

    /// <summary>Checks the rules between the properties.</summary>
    /// <exception cref="ArgumentException">Properties contradict each other; the message names them.</exception>
    public abstract void Validate();

    /// <summary>A short description of the network, such as "Fcn8s, Compact layout".</summary>
    public abstract string Kind { get; }

    /// <summary>The structure as metadata of a model file, with keys such as <c>variant</c> and <c>num_classes</c>; see
    /// docs/reference/model-files.md.</summary>
    public IReadOnlyDictionary<string, string> Describe() =>
        new SortedDictionary<string, string>(ModelMetadata.Describe(this).ToDictionary(), StringComparer.Ordinal);

    /// <summary>The options of the same network with its batch normalisation folded.</summary>
    /// <param name="folded">The folded graph.</param>
    internal virtual NetworkOptions WithoutBatchNorm(NetworkGraph folded) => this with { Trunk = Trunk with { BatchNorm = false } };
}
