using FcnSharp.Data;
using FcnSharp.Networks;

namespace FcnSharp.Training.Planning;

/// <summary>Refuses contradictions of data sets and options before the run starts.</summary>
internal static class PlanChecks
{
    public static void Datasets(ISegmentationDataset training, ISegmentationDataset? validation)
    {
        NotEmpty(training, nameof(training));
        if (training.Classes.Count < 2)
        {
            throw new ArgumentException($"\"{training.Name}\" has only one class, so there is nothing to distinguish. " +
                "Count the background as a class.", nameof(training));
        }

        if (validation is null)
        {
            return;
        }

        NotEmpty(validation, nameof(validation));
        var (ours, theirs) = (Names(training), Names(validation));
        if (!ours.SequenceEqual(theirs))
        {
            throw new ArgumentException(
                $"The training pictures of \"{training.Name}\" have the classes {string.Join(", ", ours)}, " +
                $"but the validation pictures of \"{validation.Name}\" have {string.Join(", ", theirs)}. " +
                "Open both with the same classes in the same order.",
                nameof(validation));
        }
    }

    /// <summary>The network of the last stage.</summary>
    public static NetworkOptions Network(TrainingOptions options, int classes)
    {
        var described = options.Network ?? options.Start?.Options ?? throw new ArgumentException(
            $"There is no network to train: set {nameof(TrainingOptions.Network)} or {nameof(TrainingOptions.Start)}.", nameof(options));
        var network = described with { NumClasses = classes };
        network.Validate();
        if (options.Staged && network is not FcnOptions { AtOnce: false })
        {
            throw new ArgumentException(network is FcnOptions
                ? $"{nameof(FcnOptions.AtOnce)} networks are not trained in stages. " +
                    $"Set {nameof(TrainingOptions.Staged)} or {nameof(FcnOptions.AtOnce)}, not both."
                : $"A {network.Kind} is not trained in stages. Leave {nameof(TrainingOptions.Staged)} false.", nameof(options));
        }

        if (options.Start is { } start
            && (LayoutOf(start.Options) != LayoutOf(network) || !StartingWeights.Fits(network.Trunk, start.Options.Trunk)))
        {
            throw new ArgumentException(
                $"The network to start from has another trunk than the network to train: {Described(start.Options)} " +
                $"cannot initialise {Described(network)}. " +
                $"Leave {nameof(TrainingOptions.Network)} null to train the network to start from.",
                nameof(options));
        }

        return network;
    }

    private static void NotEmpty(ISegmentationDataset dataset, string parameter)
    {
        ArgumentNullException.ThrowIfNull(dataset, parameter);
        if (dataset.Count == 0)
        {
            throw new ArgumentException($"\"{dataset.Name}\" has no pictures. Give a data set with pictures.", parameter);
        }
    }

    private static string[] Names(ISegmentationDataset dataset) => [.. dataset.Classes.Select(info => info.Name)];

    private static FcnLayout LayoutOf(NetworkOptions options) => (options as FcnOptions)?.Layout ?? FcnLayout.Compact;

    private static string Described(NetworkOptions options) => $"{options.Trunk} in the {LayoutOf(options)} layout";
}
