using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;
using FcnSharp.Weights.Formats;

namespace FcnSharp.Weights.Loading;

/// <summary>What will be done with each tensor of a file, decided from names and shapes before any value is read.</summary>
internal sealed class LoadPlan
{
    /// <summary>Bytes that reinitialised tensors may take in addition to four times the file's size: the head of a backbone takes
    /// 72 MB.</summary>
    private const long MissingBytesFloor = 64L << 20;

    private readonly string path;
    private readonly TargetOptions target;
    private readonly MappedTensors tensors;
    private readonly StartingValues starting;
    private readonly bool flips;
    private readonly HashSet<string> firstWeights;
    private readonly ImmutableArray<TensorSpec> specs;

    /// <summary>The tensors that are read from the file, by our names; the others of <see cref="specs"/> are reinitialised.</summary>
    private readonly Dictionary<string, FoundTensor> taken;

    private LoadPlan(string path, CheckpointContents contents, CheckpointOptions asked, long fileLength)
    {
        this.path = path;
        tensors = MappedTensors.From(path, contents, asked.NameMap);
        target = TargetOptions.From(path, tensors, contents, asked);
        starting = new StartingValues(target.Options, asked.Seed);
        flips = (asked.ChannelOrder ?? tensors.Map.ChannelOrder) == ChannelOrder.Bgr;

        Graph = target.Options.ToGraph();
        specs = [.. Graph.Tensors];
        firstWeights = flips || tensors.Map.InputScale is not null ? FirstWeight.NamesIn(Graph, path) : [];
        taken = specs.Where(spec => Takes(spec, asked))
            .ToDictionary(spec => spec.Name, spec => tensors.Ours[spec.Name], StringComparer.Ordinal);
        CheckSizes(fileLength);
        Report = Describe(contents);
    }

    public LoadReport Report { get; }

    /// <param name="path">The file, for messages.</param>
    /// <param name="contents">The contents of the file.</param>
    /// <param name="asked">The caller's options.</param>
    /// <param name="fileLength">Length of the file in bytes: the tensors read from it may not take more, and the size of reinitialised
    /// tensors is limited by it.</param>
    /// <exception cref="WeightFileException">No name map fits, or a required tensor is missing or has the wrong shape.</exception>
    public static LoadPlan Make(string path, CheckpointContents contents, CheckpointOptions asked, long fileLength) =>
        new(path, contents, asked, fileLength);

    /// <summary>The network's operations.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>The card of the network.</summary>
    public ModelCard Card => target.Card;

    /// <summary>Names and shapes of the network's tensors.</summary>
    public ImmutableArray<TensorSpec> Specs => specs;

    /// <summary>Reads the tensors, one at a time.</summary>
    public FcnNetwork Run() =>
        new(target.Options, specs.Select(spec => Read(spec, new float[StartingValues.CountOf(spec)])), target.Card, Refuse);

    /// <summary>The exception for unusable values, such as NaN; it uses the tensor's name in the file.</summary>
    public WeightFileException Refuse(TensorMismatch fault) =>
        new(path, fault with { Tensor = taken.GetValueOrDefault(fault.Tensor)?.Stored.Name ?? fault.Tensor }, WeightValues.Advice);

    /// <summary>Reads a tensor, or initialises one that the file lacks.</summary>
    /// <param name="spec">The tensor.</param>
    /// <param name="values">Receives the values; as long as the tensor.</param>
    public NamedTensor Read(TensorSpec spec, Memory<float> values)
    {
        if (!taken.TryGetValue(spec.Name, out var found))
        {
            starting.Fill(spec, values.Span);
        }
        else
        {
            CheckpointReader.ReadValues(found.Stored, path, values);
            if (firstWeights.Contains(spec.Name))
            {
                FirstWeight.Adapt(values.Span, spec.Shape, flips, tensors.Map.InputScale);
            }
        }

        return new NamedTensor(spec.Name, spec.Shape, values);
    }

    private LoadReport Describe(CheckpointContents contents)
    {
        var layersLeftOut = tensors.Ours.Where(pair => !taken.ContainsKey(pair.Key))
            .Select(pair => new ReportLine(pair.Value.Stored.Name, WhyNot(pair.Key, pair.Value)))
            .Concat(tensors.OtherLayers.Select(tensor => new ReportLine(tensor.Name, "not a layer of the network")))
            .ToImmutableArray();
        return new LoadReport
        {
            Format = contents.Format,
            Map = tensors.Map,
            Wrapper = contents.Wrapper,
            Prefix = tensors.Prefix,
            Options = target.Options,
            Loaded = [.. taken.Select(pair => new ReportLine(pair.Key, $"from {pair.Value.ForeignName}"))],
            Reshaped = [.. taken.Where(pair => !pair.Value.Stored.Shape.SequenceEqual(pair.Value.Shape))
                .Select(pair => new ReportLine(
                    pair.Key, $"{NamedTensor.ShapeText(pair.Value.Stored.Shape)} to {NamedTensor.ShapeText(pair.Value.Shape)}"))],
            Flipped = flips
                ? [.. firstWeights.Where(taken.ContainsKey).Select(name => new ReportLine(
                    name, tensors.Map.InputScale is null ? "BGR to RGB" : "BGR to RGB, scaled for the normalisation"))]
                : [],
            Reinitialised = [.. Missing().Select(spec => new ReportLine(spec.Name, starting.Describe(spec)))],
            LeftOut =
            [
                .. layersLeftOut,
                .. tensors.Others.Select(tensor => new ReportLine(tensor.Name, "not part of any network here")),
                .. contents.Ignored.Select(entry => new ReportLine(entry, "not a tensor of the network")),
            ],
            LayersLeftOut = layersLeftOut,
        };
    }

    private IEnumerable<TensorSpec> Missing() => specs.Where(spec => !taken.ContainsKey(spec.Name));

    private void CheckSizes(long fileLength)
    {
        if (specs.FirstOrDefault(spec => StartingValues.CountOf(spec) > Array.MaxLength) is { } large)
        {
            throw new WeightFileException(
                path, new TensorMismatch(large.Name, $"at most {Array.MaxLength} elements", $"{StartingValues.CountOf(large)}"),
                "No network of this library has a tensor of that size.");
        }

        var stored = taken.Values.Sum(found => found.Stored.StoredBytes);
        if (stored > fileLength)
        {
            throw new WeightFileException(path, $"has {fileLength} bytes, but its tensors take {stored}: they overlap.",
                "Save the model's state_dict() again, with a copy of each tensor.");
        }

        var missing = Missing().Sum(spec => sizeof(float) * StartingValues.CountOf(spec));
        if (missing > MissingBytesFloor + (4 * fileLength))
        {
            throw new WeightFileException(
                path,
                $"has {fileLength} bytes, but the tensors that it lacks take {missing}; the first is {Missing().First().Name}.",
                $"Give a file that contains them, or set {nameof(CheckpointOptions.Layout)} to {nameof(FcnLayout.Compact)}, " +
                "whose head is small.");
        }
    }

    /// <summary>Whether a tensor is read from the file; false if it is reinitialised.</summary>
    private bool Takes(TensorSpec spec, CheckpointOptions asked)
    {
        var found = tensors.Ours.GetValueOrDefault(spec.Name);
        if (found is not null && !ElementReader.CanRead(found.Stored.Type))
        {
            throw new WeightFileException(
                path, new TensorMismatch(found.Stored.Name, "numbers of 16, 32 or 64 bits", found.Stored.Type.ShortName()),
                "Save the model's weights as floats.");
        }

        if (found is not null && found.Shape.AsSpan().SequenceEqual(spec.Shape.AsSpan()) && !LosesItsInput(spec.Name))
        {
            return true;
        }

        if (asked.Partial || (target.MayReplaceHead && !TrunkOptions.IsTrunkTensor(spec.Name)))
        {
            return false;
        }

        throw new WeightFileException(
            path,
            new TensorMismatch(
                found?.Stored.Name ?? tensors.Prefix + ForeignName(spec.Name),
                NamedTensor.ShapeText(spec.Shape),
                found is null ? "no such tensor" : NamedTensor.ShapeText(found.Stored.Shape)),
            $"The names are those of {tensors.Map.Name}. " +
            $"Fetch the file again, or set {nameof(CheckpointOptions.Partial)} to reinitialise such tensors.");
    }

    /// <summary>fc7 was trained on the output of its fc6; with another fc6 its weights are useless.</summary>
    private bool LosesItsInput(string name) =>
        name.StartsWith("fc7.", StringComparison.Ordinal)
        && tensors.Ours.TryGetValue("fc6.0.weight", out var fc6)
        && fc6.Shape is [_, _, var kernel, _]
        && (kernel == 7) != (target.Options is FcnOptions { Layout: FcnLayout.Original });

    private string WhyNot(string name, FoundTensor found) =>
        specs.FirstOrDefault(spec => spec.Name == name) is { } wanted
            ? LosesItsInput(name)
                ? $"belongs to an fc6 that the {(target.Options as FcnOptions)?.Layout} layout does not have"
                : $"{NamedTensor.ShapeText(found.Stored.Shape)}, but the network has {NamedTensor.ShapeText(wanted.Shape)}"
            : $"the network ({target.Options.Kind}) has no such tensor";

    private string ForeignName(string tensor) =>
        tensors.Map.Has(tensor) ? tensors.Map.ToForeign(tensor) : tensor;
}
