using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Weights;

/// <summary>What was done with a checkpoint, tensor by tensor. Immutable; <see cref="ToString"/> prints it.</summary>
public sealed class LoadReport
{
    internal LoadReport()
    {
    }

    /// <summary>The file format.</summary>
    public required CheckpointFormat Format { get; init; }

    /// <summary>The name map that was used.</summary>
    public required NameMap Map { get; init; }

    /// <summary>The entry that holds the tensors, such as <c>model_state_dict</c>; empty if they are at the top level.</summary>
    public required string Wrapper { get; init; }

    /// <summary>The common prefix that was removed from the names, such as <c>module.</c>; empty if there is none.</summary>
    public required string Prefix { get; init; }

    /// <summary>The options of the network that was made.</summary>
    public required NetworkOptions Options { get; init; }

    /// <summary>Tensors that were loaded, each with its name in the file.</summary>
    public required ImmutableArray<ReportLine> Loaded { get; init; }

    /// <summary>Tensors of <see cref="Loaded"/> that were reshaped, each with its old and new shape.</summary>
    public required ImmutableArray<ReportLine> Reshaped { get; init; }

    /// <summary>Tensors of <see cref="Loaded"/> whose colour channels were flipped.</summary>
    public required ImmutableArray<ReportLine> Flipped { get; init; }

    /// <summary>Tensors of the network that the file lacks, each with the rule that initialised it.</summary>
    public required ImmutableArray<ReportLine> Reinitialised { get; init; }

    /// <summary>Tensors and other entries of the file that were not used, each with the reason.</summary>
    public required ImmutableArray<ReportLine> LeftOut { get; init; }

    /// <summary>
    /// Entries of <see cref="LeftOut"/> that are layers: convolutions, norms and upsamplers that the network lacks. Tensors that the name
    /// map lists as irrelevant, such as counters and the last layer of a classifier, are not among them.
    /// </summary>
    public required ImmutableArray<ReportLine> LayersLeftOut { get; init; }

    /// <summary>Whether the network has exactly the layers of the file's network. A network that is not complete is a starting point for
    /// training; its predictions are meaningless before that.</summary>
    public bool IsComplete => Reinitialised.IsEmpty && LayersLeftOut.IsEmpty;

    private string TrunkText => Options.Trunk is ResNetTrunkOptions resNet
        ? $"on a ResNet of {resNet.Blocks} {(resNet.Block == ResNetBlock.Basic ? "basic blocks" : "bottlenecks")}, "
        : "";

    /// <summary>The report as lines of text: a summary, then one line for each tensor that was not loaded unchanged.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Format} file, names of {Map.Name}");
        text.Append(Wrapper.Length > 0 ? $", under {FileText.Shown(Wrapper)}" : "")
            .Append(Prefix.Length > 0 ? $", without the prefix {Prefix}" : "")
            .Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{Options.Kind}, {Options.NumClasses} " +
            $"classes, {TrunkText}{StateDict.CountParameters(Options)} parameters").Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"loaded: {Loaded.Length}").Append('\n');
        Add("reshaped", Reshaped);
        Add("flipped", Flipped);
        Add("re-initialised", Reinitialised);
        Add("left out", LeftOut);
        text.Append(IsComplete ? "" : "incomplete: a starting point for training, not the network of the file\n");
        return text.ToString();

        void Add(string what, ImmutableArray<ReportLine> lines)
        {
            foreach (var line in lines)
            {
                text.Append(CultureInfo.InvariantCulture, $"{what}: {FileText.Shown(line.Tensor)} ({line.Note})").Append('\n');
            }
        }
    }
}
