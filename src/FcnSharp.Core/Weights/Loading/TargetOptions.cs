using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Weights.Formats;

namespace FcnSharp.Weights.Loading;

/// <summary>The network that is made from a file.</summary>
/// <param name="Options">The network to make.</param>
/// <param name="Card">The card of the network.</param>
/// <param name="MayReplaceHead">Whether layers after the trunk may be reinitialised: the file is a backbone, or another network was
/// requested.</param>
internal sealed record TargetOptions(NetworkOptions Options, ModelCard Card, bool MayReplaceHead)
{
    private const string AtOnceScale = "scale_pool4.weight";

    /// <exception cref="WeightFileException">The network cannot be inferred from the tensors, or they contradict each other or the
    /// metadata.</exception>
    public static TargetOptions From(
        string path, MappedTensors tensors, CheckpointContents contents, CheckpointOptions asked)
    {
        if (contents.Network is GraphOptions graph && asked != new CheckpointOptions
        {
            Normalization = asked.Normalization, Classes = asked.Classes, ChannelOrder = asked.ChannelOrder, Partial = asked.Partial,
            Seed = asked.Seed, NameMap = asked.NameMap, ExpectedSha256 = asked.ExpectedSha256,
        })
        {
            throw new WeightFileException(
                path, $"holds a graph of {graph.NumClasses} classes that is not a network of this library, so it cannot be converted to " +
                "another network.", "Omit the options for layout, variant, classes and blocks.");
        }

        var shapes = tensors.Ours.ToDictionary(pair => pair.Key, pair => pair.Value.Shape, StringComparer.Ordinal);
        var isBackbone = !shapes.ContainsKey("fc8.weight") && !shapes.ContainsKey($"{DilatedFcnOptions.ScoreLayer}.weight");
        isBackbone &= contents.Network is null;
        var (inferred, missing) = contents.Network is { } known ? (known, null)
            : OptionsInference.From(isBackbone || asked.Partial ? Completed(shapes, asked) : shapes);
        if (inferred is null)
        {
            throw new WeightFileException(path, missing!,
                $"The names are those of {tensors.Map.Name}. Fetch the file again, or give the weights of an FCN, a VGG-16 or a ResNet.");
        }

        var (said, card) = ModelMetadata.Read(path, contents.Metadata, inferred);
        var options = Asked(path, said, isBackbone, asked);
        var isAnother = options != said;
        if (options is FcnOptions fcn)
        {
            var scales = tensors.Others.Any(tensor => tensor.Name == tensors.Prefix + AtOnceScale);
            scales |= contents.Network is FcnOptions { AtOnce: true };
            options = fcn = fcn with { AtOnce = asked.AtOnce ?? (!isAnother && (fcn.AtOnce || scales)) };
            if (asked.AtOnce is null && fcn.AtOnce && (fcn.Variant, fcn.Layout) != (FcnVariant.Fcn8s, FcnLayout.Original))
            {
                throw new WeightFileException(
                    path,
                    $"has {AtOnceScale}, which only an {FcnVariant.Fcn8s} in the {FcnLayout.Original} layout may have, but its other " +
                    $"tensors are those of an {fcn.Variant} in the {fcn.Layout} layout.",
                    $"Set {nameof(CheckpointOptions.AtOnce)} to state whether its skips are scaled.");
            }
        }

        options.Validate();
        return new TargetOptions(options, CardOf(card, options, tensors.Map, asked), isBackbone || isAnother);
    }

    /// <summary>The file's network, or the requested network on the file's trunk.</summary>
    private static NetworkOptions Asked(string path, NetworkOptions said, bool isBackbone, CheckpointOptions asked)
    {
        var own = said as FcnOptions;
        var classes = asked.NumClasses ?? said.NumClasses;
        var trunk = asked.Blocks is { } blocks ? Shortened(path, said.Trunk, blocks) : said.Trunk;
        return own is null && asked is { Variant: null, Layout: null, AtOnce: null }
            ? said with { NumClasses = classes, Trunk = trunk }
            : (own ?? new FcnOptions()) with
            {
                Variant = asked.Variant ?? (isBackbone || own is null ? FcnVariant.Fcn8s : own.Variant),
                Layout = asked.Layout ?? own?.Layout ?? FcnLayout.Compact,
                NumClasses = classes,
                Trunk = trunk,
            };
    }

    private static ResNetTrunkOptions Shortened(string path, TrunkOptions trunk, ResNetBlocks blocks) => trunk is ResNetTrunkOptions resNet
        ? resNet with { Blocks = blocks }
        : throw new WeightFileException(
            path, $"has no residual blocks, so {nameof(CheckpointOptions.Blocks)} cannot be {blocks}.", "Omit the option.");

    private static ModelCard CardOf(ModelCard said, NetworkOptions options, NameMap map, CheckpointOptions asked)
    {
        var known = said == ModelCard.Empty && map.Card is { } published && options is DilatedFcnOptions ? published : said;
        var classes = asked.Classes ?? known.Classes;
        return known with
        {
            Normalization = asked.Normalization ?? known.Normalization ?? map.Normalization,
            Classes = asked.Classes is not null || classes?.Count == options.NumClasses ? classes : null,
        };
    }

    /// <summary>The shapes, completed with those that a backbone lacks, so that the options can be inferred from them.</summary>
    private static Dictionary<string,
        ImmutableArray<int>> Completed(Dictionary<string, ImmutableArray<int>> shapes, CheckpointOptions asked)
    {
        var completed = new Dictionary<string, ImmutableArray<int>>(shapes, StringComparer.Ordinal);
        var head = VggWidths.Standard.Head;
        var kernel = asked.Layout == FcnLayout.Original ? 7 : 1;
        completed.TryAdd("fc6.0.weight", [head, VggWidths.Standard.Stage5, kernel, kernel]);
        completed.TryAdd("fc8.weight", [asked.NumClasses ?? new FcnOptions().NumClasses, head, 1, 1]);
        return completed;
    }
}
