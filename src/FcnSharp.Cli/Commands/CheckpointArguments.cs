using System.CommandLine;
using FcnSharp.Networks;
using FcnSharp.Weights;

namespace FcnSharp.Cli.Commands;

/// <summary>Options for the network to make of a file of weights, and for facts that the file does not state.</summary>
internal sealed class CheckpointArguments
{
    private readonly SourceArguments source;
    private readonly Option<int?> variant = new("--variant")
    {
        HelpName = "8|16|32",
        Description = "The variant to make: 8, 16 or 32. Default: that of the file, 8 for a backbone.",
    };
    private readonly Option<string?> layout = new("--layout") { Description = "The layout to make. Default: that of the file." };
    private readonly Option<int?> classes = new("--classes")
    {
        HelpName = "N",
        Description = "Number of classes, background included. Default: that of the file.",
    };
    private readonly Option<bool> partial = new("--partial")
    {
        Description = "Initialise missing tensors instead of refusing the file. The result is a starting point for training.",
    };

    public CheckpointArguments(Command command)
    {
        source = new SourceArguments(command);
        layout.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "compact", "original");
        variant.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is not (null or 8 or 16 or 32))
            {
                result.AddError("--variant takes 8, 16 or 32.");
            }
        });
        foreach (var option in new Option[] { variant, layout, classes, partial })
        {
            command.Add(option);
        }
    }

    public CheckpointOptions Read(ParseResult parsed) => source.Read(parsed) with
    {
        Variant = (FcnVariant?)parsed.GetValue(variant),
        Layout = parsed.GetValue(layout) is { } name ? Enum.Parse<FcnLayout>(name, ignoreCase: true) : null,
        NumClasses = parsed.GetValue(classes),
        Partial = parsed.GetValue(partial),
    };
}
