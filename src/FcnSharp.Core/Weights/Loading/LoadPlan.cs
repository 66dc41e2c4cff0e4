using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;
using FcnSharp.Weights.Formats;

namespace FcnSharp.Weights.Loading;

/// <summary>What will be done with each tensor of a file, decided from names and shapes before any number is read.</summary>
internal sealed class LoadPlan
{
    /// <summary>Bytes that tensors which the file lacks may take, beside four times the file: the head of a backbone takes 72 MB.</summary>
    private const long MissingBytesFloor = 64L << 20;

    private readonly string path;
    private readonly TargetOptions target;
    private readonly MappedTensors tensors;
    private readonly StartingValues starting;
    private readonly bool flips;
    private readonly HashSet<string> firstWeights;
    private readonly ImmutableArray<TensorSpec> specs;

    /// <summary>The tensors that come from the file, by our names; the others of <see cref="specs"/> are initialised anew.</summary>
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
    /// <param name="contents">What it holds.</param>
    /// <param name="asked">What the caller wants.</param>
    /// <param name="fileLength">Length of the file in bytes: what its tensors take may not be more, what is made beside them not much
    /// more.</param>
    /// <exception cref="WeightFileException">No name map fits, or a tensor that must be there is not, or is misshapen.</exception>
    public static LoadPlan Make(string path, CheckpointContents contents, CheckpointOptions asked, long fileLength) =>
        new(path, contents, asked, fileLength);

    /// <summary>The network's operations.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>What is known of the network.</summary>
    public ModelCard Card => target.Card;

    /// <summary>The tensors that the network has.</summary>
    public ImmutableArray<TensorSpec> Specs => specs;

    /// <summary>Reads the tensors, one at a time.</summary>
    public FcnNetwork Run() =>
        new(target.Options, specs.Select(spec => Read(spec, new float[StartingValues.CountOf(spec)])), target.Card, Refuse);

    /// <summary>The exception for values that nothing can be computed with; it names the tensor as the file does.</summary>
    public WeightFileException Refuse(TensorMismatch fault) =>
        new(path, fault with { Tensor = taken.GetValueOrDefault(fault.Tensor)?.Stored.Name ?? fault.Tensor }, WeightValues.Advice);

    /// <summary>Reads a tensor, or makes one that the file lacks.</summary>
    /// <param name="spec">Which.</param>
    /// <param name="values">Where its numbers go; as many as it has.</param>
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
            .Concat(tensors.OtherLayers.Select(tensor => new ReportLine(tensor.Name, "no layer of the network")))
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
                .. tensors.Others.Select(tensor => new ReportLine(tensor.Name, "part of no network here")),
                .. contents.Ignored.Select(entry => new ReportLine(entry, "no tensor of the network")),
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
            throw new WeightFileException(path, $"has {fileLength} bytes, but its tensors take {stored}: they lie over each other.",
                "Save the model's state_dict() again, with a copy of each tensor.");
        }

        var missing = Missing().Sum(spec => sizeof(float) * StartingValues.CountOf(spec));
        if (missing > MissingBytesFloor + (4 * fileLength))
        {
            throw new WeightFileException(
                path,
                $"has {fileLength} bytes, but the tensors that it lacks take {missing}, {Missing().First().Name} first.",
                $"Give a file that has them, or set {nameof(CheckpointOptions.Layout)} to {nameof(FcnLayout.Compact)}, " +
                "whose head is small.");
        }
    }

    /// <summary>Whether a tensor comes from the file; false if it is to be initialised anew.</summary>
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
            $"Fetch the file again, or set {nameof(CheckpointOptions.Partial)} to initialise such tensors anew.");
    }

    /// <summary>fc7 has learned to read what its own fc6 writes; without that one it is worth nothing.</summary>
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
