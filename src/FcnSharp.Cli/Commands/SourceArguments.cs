using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FcnSharp.Networks;
using FcnSharp.Weights;

namespace FcnSharp.Cli.Commands;

/// <summary>Options for facts that a file of weights does not state.</summary>
internal sealed class SourceArguments
{
    private readonly Option<bool?> atOnce = new("--at-once")
    {
        Description = "The skips were trained all at once, which PyTorch files do not state.",
    };
    private readonly Option<string?> channels = new("--channels")
    {
        Description = "The channel order of the training pictures. Default: that of the name map.",
    };
    private readonly Option<Normalization?> normalization = new("--normalization")
    {
        HelpName = "imagenet|caffe|MEAN/DEVIATION",
        Description = "Normalisation of the input: x = (byte / 255 - mean) / deviation, each number for R,G,B or one for all, such " +
        "as 0.5/0.25. Default: that of the file or of the name map.",
        CustomParser = result => Parse(result.Tokens[0].Value) is { } read ? read : Refuse(result),
    };

    public SourceArguments(Command command)
    {
        channels.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "rgb", "bgr");
        command.Add(atOnce);
        command.Add(channels);
        command.Add(normalization);
    }

    public CheckpointOptions Read(ParseResult parsed) => new()
    {
        AtOnce = parsed.GetValue(atOnce),
        ChannelOrder = parsed.GetValue(channels) is { } order ? Enum.Parse<ChannelOrder>(order, ignoreCase: true) : null,
        Normalization = parsed.GetValue(normalization),
    };

    /// <summary>Refuses a file without a normalisation if the command line has none either.</summary>
    /// <exception cref="UsageException">Neither the file nor the command line states the normalisation.</exception>
    public void CheckNormalization(string path, CheckpointOptions asked)
    {
        if (Checkpoint.Inspect(path, asked) is { Card: { Normalization: null } })
        {
            throw new UsageException($"{path}: does not state the normalisation of its input. Give {normalization.Name} imagenet, " +
            "caffe, or the mean and the deviation that it was trained with, such as 0.5/0.25.");
        }
    }

    /// <summary>Parses a normalisation; null if the text is not valid.</summary>
    private static Normalization? Parse(string text)
    {
        switch (text.ToUpperInvariant())
        {
            case "IMAGENET":
                return Normalization.ImageNet;
            case "CAFFE":
                return Normalization.Caffe;
            default:
                return text.Split('/') is [var mean, var deviation] && Channels(mean) is { } m && Channels(deviation) is { } d
                    && d is { R: > 0, G: > 0, B: > 0 }
                    ? new Normalization(m, d)
                    : null;
        }
    }

    private static ChannelValues? Channels(string text)
    {
        var numbers = text.Split(',')
            .Select(part => float.TryParse(part, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
                ? number
                : float.NaN)
            .ToArray();
        return numbers.Any(float.IsNaN) ? null : numbers switch
        {
            [var all] => new ChannelValues(all, all, all),
            [var r, var g, var b] => new ChannelValues(r, g, b),
            _ => null,
        };
    }

    private static Normalization? Refuse(ArgumentResult result)
    {
        result.AddError(
            "--normalization takes imagenet, caffe, or a mean and a deviation above 0, such as 0.485,0.456,0.406/0.229,0.224,0.225.");
        return null;
    }
}
