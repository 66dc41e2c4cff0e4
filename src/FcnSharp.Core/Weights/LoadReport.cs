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

    /// <summary>How the file's bytes are laid out.</summary>
    public required CheckpointFormat Format { get; init; }

    /// <summary>The name map that fitted.</summary>
    public required NameMap Map { get; init; }

    /// <summary>The entry of the file that held the tensors, such as <c>model_state_dict</c>; empty when they were at the top.</summary>
    public required string Wrapper { get; init; }

    /// <summary>What every name started with and was stripped of, such as <c>module.</c>; empty for nothing.</summary>
    public required string Prefix { get; init; }

    /// <summary>The network that came of it.</summary>
    public required NetworkOptions Options { get; init; }

    /// <summary>Tensors that were taken over, each with its name in the file.</summary>
    public required ImmutableArray<ReportLine> Loaded { get; init; }

    /// <summary>Those of <see cref="Loaded"/> that got another shape, each with both.</summary>
    public required ImmutableArray<ReportLine> Reshaped { get; init; }

    /// <summary>Those of <see cref="Loaded"/> whose colour channels were flipped.</summary>
    public required ImmutableArray<ReportLine> Flipped { get; init; }

    /// <summary>Tensors of the network that the file had no numbers for, each with how it starts.</summary>
    public required ImmutableArray<ReportLine> Reinitialised { get; init; }

    /// <summary>Tensors and other entries of the file that were not used, each with the reason.</summary>
    public required ImmutableArray<ReportLine> LeftOut { get; init; }

    /// <summary>
    /// Those of <see cref="LeftOut"/> that are layers: convolutions, norms and upsamplers of another network than the one that came of
    /// the file. What the name map knows as part of no network, such as counters and the last layer of a classifier, is not among them.
    /// </summary>
    public required ImmutableArray<ReportLine> LayersLeftOut { get; init; }

    /// <summary>Whether the network is the one that the file holds, with every layer of it and no other. One that is not is a start for
    /// training, and predicts nothing before it.</summary>
    public bool IsComplete => Reinitialised.IsEmpty && LayersLeftOut.IsEmpty;

    private string TrunkText => Options.Trunk is ResNetTrunkOptions resNet
        ? $"on a ResNet of {resNet.Blocks} {(resNet.Block == ResNetBlock.Basic ? "basic blocks" : "bottlenecks")}, "
        : "";

    /// <summary>The report as lines of text: one of summary, then one for each tensor that was not simply loaded.</summary>
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
        text.Append(IsComplete ? "" : "incomplete: a start for training, not the network that the file holds\n");
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
