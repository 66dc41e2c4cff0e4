using System.Collections.Immutable;
using FcnSharp.Networks.Graphs;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Networks;

/// <summary>A network as data: its options, its tensors under the names of a state dict, and its card. Immutable and thread-safe.</summary>
/// <remarks>
/// The tensors' buffers are borrowed; see <see cref="NamedTensor"/>. Files are in the safetensors format, which PyTorch reads and writes
/// too: they contain the tensors unchanged, and the options and the card as metadata.
/// </remarks>
public sealed class FcnNetwork
{
    private readonly Dictionary<string, NamedTensor> byName;

    /// <summary>Creates a network from its options and tensors.</summary>
    /// <param name="options">The structure of the network.</param>
    /// <param name="tensors">Exactly the tensors that <see cref="StateDict.TensorsOf"/> lists for the options, in any order.</param>
    /// <param name="card">Preprocessing, classes and provenance; null means that nothing is known.</param>
    /// <exception cref="ArgumentException">
    /// The options contradict each other; a tensor is missing, unexpected, duplicated or has the wrong shape; a value is infinite or NaN; a
    /// batch norm has a negative variance or makes weights overflow; or the card names another number of classes.
    /// </exception>
    public FcnNetwork(NetworkOptions options, IEnumerable<NamedTensor> tensors, ModelCard? card = null)
        : this(options, tensors, card, StateDict.Refusal)
    {
    }

    /// <summary>Creates a network from its options and tensors.</summary>
    /// <param name="options">The structure of the network, as for the public constructor.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="card">The card.</param>
    /// <param name="refuse">Makes the exception for values that are not usable, such as NaN.</param>
    internal FcnNetwork(
        NetworkOptions options, IEnumerable<NamedTensor> tensors, ModelCard? card, Func<TensorMismatch, Exception> refuse)
    {
        ArgumentNullException.ThrowIfNull(options);

        (Options, Card, Graph) = (options, card ?? ModelCard.Empty, options.ToGraph());
        ModelCard.CheckClasses(Card, Options.NumClasses);
        byName = StateDict.Checked(Graph, tensors, refuse);
        Tensors = [.. Graph.Tensors.Select(spec => byName[spec.Name])];
    }

    private FcnNetwork(FcnNetwork other, ModelCard card)
    {
        (Options, Graph, Card, Tensors, byName) = (other.Options, other.Graph, card, other.Tensors, other.byName);
        ModelCard.CheckClasses(Card, Options.NumClasses);
    }

    /// <summary>The structure of the network.</summary>
    public NetworkOptions Options { get; }

    /// <summary>The operations of the network.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>Preprocessing, classes and provenance.</summary>
    public ModelCard Card { get; }

    /// <summary>Every tensor, in the order of <see cref="StateDict.TensorsOf"/>.</summary>
    public ImmutableArray<NamedTensor> Tensors { get; }

    /// <summary>The tensor of this name.</summary>
    /// <exception cref="KeyNotFoundException">The network has no such tensor.</exception>
    public NamedTensor this[string name] =>
        byName.TryGetValue(name, out var tensor)
            ? tensor
            : throw new KeyNotFoundException($"This network ({Options.Kind}) has no " +
                $"tensor {name}. {nameof(StateDict)}.{nameof(StateDict.TensorsOf)} lists its names.");

    /// <summary>Reads a model file.</summary>
    /// <param name="path">A safetensors file with this library's tensor names. Without metadata, <see cref="Options"/> are inferred from
    /// the tensors and <see cref="Card"/> is empty.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">The file is damaged, in another format, or not a network of this library.</exception>
    public static FcnNetwork Load(string path)
    {
        using var stream = InputFile.Open(path, (reason, remedy) => new WeightFileException(path, reason, remedy));
        return Load(stream, path);
    }

    /// <summary>Reads a model file from a stream, from the start of the stream to its end.</summary>
    /// <param name="stream">The bytes of a safetensors file. The caller disposes it.</param>
    /// <param name="name">Name of the stream in error messages.</param>
    /// <exception cref="WeightFileException">As for a path.</exception>
    public static FcnNetwork Load(Stream stream, string name = "the stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return ModelFile.Read(stream, name);
    }

    /// <summary>Writes a model file atomically: to a temporary file first, so that a failure leaves the old file unchanged.</summary>
    /// <param name="path">The file to write; by convention its name ends in <c>.safetensors</c>.</param>
    /// <param name="precision">Number format of the weights. <see cref="WeightPrecision.Float32"/>, the default, is lossless.</param>
    /// <exception cref="ArgumentException">A weight is beyond the range of half precision, or the network has
    /// <see cref="GraphOptions"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, WeightPrecision precision = WeightPrecision.Float32) =>
        AtomicFile.Write(path, stream => Save(stream, precision));

    /// <summary>Writes a model file to a stream. The caller disposes the stream.</summary>
    /// <inheritdoc cref="Save(string, WeightPrecision)" path="/exception"/>
    public void Save(Stream stream, WeightPrecision precision = WeightPrecision.Float32)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (Options is GraphOptions)
        {
            throw new ArgumentException(
                "A model file names one of this library's networks, but this network is a graph of its own. Write it with OnnxExporter, " +
                "which writes graphs.");
        }

        SafetensorsFile.Write(stream, Tensors, ModelMetadata.Write(Options, Card), precision);
    }

    /// <summary>The same network with another card. Both networks share the tensors.</summary>
    /// <exception cref="ArgumentException">The card names another number of classes than the network scores.</exception>
    public FcnNetwork WithCard(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new FcnNetwork(this, card);
    }

    /// <summary>The network with batch normalisation folded into its convolutions, which gives the same scores; the same instance if it has
    /// no batch normalisation.</summary>
    public FcnNetwork FoldBatchNorm()
    {
        if (!Options.Trunk.BatchNorm)
        {
            return this;
        }

        var (graph, tensors) = BatchNormFolding.Fold(Graph, name => this[name]);
        return new FcnNetwork(Options.WithoutBatchNorm(graph), graph.Tensors.Select(spec => tensors(spec.Name)), Card);
    }
}
