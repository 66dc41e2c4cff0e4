using System.CommandLine;
using System.Globalization;
using FcnSharp.Cli.Batch;
using FcnSharp.Cli.Models;
using FcnSharp.Engine;
using FcnSharp.Prediction;
using FcnSharp.Tensors;

namespace FcnSharp.Cli.Commands;

/// <summary>Options that select the network of a command.</summary>
internal sealed class PredictorArguments
{
    private readonly Option<string?> model = new("--model", "-m")
    {
        HelpName = "FILE|NAME",
        Description = "A file of weights (.safetensors, .pth, .caffemodel, .onnx), or a model that \"fcn pull\" has fetched. " +
            "Default: the bundled street-scene network.",
    };
    private readonly Option<int?> threads = new("--threads")
    {
        HelpName = "N",
        Description = "Threads per picture. Default: one for each physical core.",
    };
    private readonly Option<long?> memory = new("--max-memory")
    {
        HelpName = "SIZE",
        Description = "Memory for the network's maps, such as 512MB or 2GB, the default. Larger pictures are computed in tiles.",
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
        ModelCache.AddTo(command);
    }

    /// <summary>The option for more accurate and slower results.</summary>
    public static Option<bool> Accurate() => new("--accurate")
    {
        Description = "Average the views at scales 1 and 1.5, each also mirrored: more accurate, and 6.5 times slower.",
    };

    /// <summary>Creates the predictor. The caller disposes it.</summary>
    public FcnPredictor Create(ParseResult parsed, PredictorOptions options)
    {
        var engine = new CpuEngineOptions
        {
            Threads = parsed.GetValue(threads),
            MaxWorkingMemory = parsed.GetValue(memory) ?? CpuEngineOptions.DefaultWorkingMemory,
        };
        if (PathOf(parsed) is not { } path)
        {
            return StreetScenes.CreatePredictor(options, engine);
        }

        var asked = source.Read(parsed);
        try
        {
            return FcnPredictor.Load(path, options, asked, engine);
        }
        catch (WeightFileException)
        {
            source.CheckNormalization(path, asked);
            throw;
        }
    }

    /// <summary>Identifies the network and its options, on which results depend.</summary>
    public string Describe(ParseResult parsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(PathOf(parsed) is { } path ? $"{Fingerprint.OfContent(path):x}" : "street scenes")} {source.Read(parsed)}");

    /// <summary>The file of weights; null for the bundled network.</summary>
    private string? PathOf(ParseResult parsed) =>
        parsed.GetValue(model) is { } named ? ModelCache.Of(parsed).Resolve(named) : null;
}
