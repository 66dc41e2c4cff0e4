using System.CommandLine;
using System.Globalization;
using FcnSharp.Cli.Batch;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Commands;

/// <summary>Options for the network that a command uses.</summary>
internal sealed class PredictorArguments
{
    private readonly Option<string?> model = new("--model", "-m")
    {
        HelpName = "FILE",
        Description = "A file of weights: .safetensors, .pth or .caffemodel. Default: the street-scene network that comes with this tool.",
    };
    private readonly Option<int?> threads = new("--threads")
    {
        HelpName = "N",
        Description = "Threads that work on one picture. Default: one for each physical core.",
    };
    private readonly Option<long?> memory = new("--max-memory")
    {
        HelpName = "SIZE",
        Description = "Memory for the network's maps, such as 512MB or 2GB, which is the default. Larger pictures are worked on in tiles.",
        CustomParser = result => ByteSize.Parse(result.Tokens[0].Value, result.AddError),
    };
    private readonly SourceArguments source;

    public PredictorArguments(Command command)
    {
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is not (null or (>= 1 and <= 1024)))
            {
                result.AddError("--threads takes 1 to 1024.");
            }
        });
        command.Add(model);
        command.Add(threads);
        command.Add(memory);
        source = new SourceArguments(command);
    }

    /// <summary>The switch for better and slower answers.</summary>
    public static Option<bool> Accurate() => new("--accurate")
    {
        Description = "Look at each picture at its size and half as large again, both mirrored too: better, and 6.5 times slower.",
    };

    /// <summary>Makes the predictor. The caller disposes it.</summary>
    public FcnPredictor Create(ParseResult parsed, PredictorOptions options)
    {
        options = options with
        {
            Threads = parsed.GetValue(threads),
            MaxWorkingMemory = parsed.GetValue(memory) ?? options.MaxWorkingMemory,
        };
        return parsed.GetValue(model) is { } path
            ? FcnPredictor.Load(path, options with { Checkpoint = source.Read(parsed) })
            : StreetScenes.CreatePredictor(options);
    }

    /// <summary>Everything of the network that results depend on.</summary>
    public string Describe(ParseResult parsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(parsed.GetValue(model) is { } path ? $"{Fingerprint.OfContent(path):x}" : "street scenes")} {source.Read(parsed)}");
}
