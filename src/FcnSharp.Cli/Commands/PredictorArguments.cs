using System.CommandLine;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Commands;

/// <summary>Options for the network that a command uses.</summary>
internal sealed class PredictorArguments
{
    private readonly Option<string?> model = new("--model", "-m") { Description = "A file of weights: .safetensors, .pth or .caffemodel. Default: the street-scene network that comes with this tool." };
    private readonly SourceArguments source;

    public PredictorArguments(Command command)
    {
        command.Add(model);
        source = new SourceArguments(command);
    }

    /// <summary>Makes the predictor. The caller disposes it.</summary>
    public FcnPredictor Create(ParseResult parsed, PredictorOptions options) =>
        parsed.GetValue(model) is { } path
            ? FcnPredictor.Load(path, options with { Checkpoint = source.Read(parsed) })
            : StreetScenes.CreatePredictor(options);
}
