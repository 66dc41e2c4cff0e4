using System.CommandLine;
using FcnSharp.Networks;
using FcnSharp.Weights;

namespace FcnSharp.Cli.Commands;

/// <summary>Options for what a file of weights cannot tell.</summary>
internal sealed class SourceArguments
{
    private readonly Option<bool?> atOnce = new("--at-once")
    {
        Description = "The skips were trained all at once, which PyTorch files do not say.",
    };
    private readonly Option<string?> channels = new("--channels")
    {
        Description = "The order that the weights were trained with. Default: as the names tell.",
    };
    private readonly Option<string?> normalization = new("--normalization")
    {
        Description = "How pictures are fed. Default: as the file or the names tell.",
    };

    public SourceArguments(Command command)
    {
        channels.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "rgb", "bgr");
        normalization.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "imagenet", "caffe");
        command.Add(atOnce);
        command.Add(channels);
        command.Add(normalization);
    }

    public CheckpointOptions Read(ParseResult parsed) => new()
    {
        AtOnce = parsed.GetValue(atOnce),
        ChannelOrder = parsed.GetValue(channels) is { } order ? Enum.Parse<ChannelOrder>(order, ignoreCase: true) : null,
        Normalization = parsed.GetValue(normalization)?.ToUpperInvariant() switch
        {
            "IMAGENET" => Normalization.ImageNet,
            "CAFFE" => Normalization.Caffe,
            _ => null,
        },
    };
}
