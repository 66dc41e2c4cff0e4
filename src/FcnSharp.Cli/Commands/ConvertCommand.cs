using System.CommandLine;
using FcnSharp.Cli.Models;
using FcnSharp.Cli.Terminal;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Weights;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>Converts a file of weights to a model file, to a state dict for PyTorch, or to ONNX.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("IN") { Description = "A file of weights, or a model that \"fcn pull\" has fetched." };
        var output = new Argument<string>("OUT") { Description = "The file to write: NAME.safetensors or NAME.onnx." };
        var names = new Option<string>("--names")
        {
            Description = "Names in a .safetensors file: fcnsharp or caffe.",
            DefaultValueFactory = _ => "fcnsharp",
        };
        names.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "fcnsharp", "caffe");
        var precision = CommandActions.EnumOption<WeightPrecision>("--precision", "Number format in a .safetensors file.");
        var labels = new Option<bool>("--labels") { Description = "Make an .onnx graph that outputs class ids instead of scores." };
        var json = CommandJson.Option();
        var command = new ToolCommand(
            "convert",
            "Converts weights to .safetensors or .onnx.",
            "fcn convert fcn8s.caffemodel fcn8s.safetensors",
            "fcn convert model.safetensors model.onnx --labels") { input, output, names, precision, labels, json };
        var options = new CheckpointArguments(command);
        ModelCache.AddTo(command);
        return command.Runs((parsed, _) =>
        {
            var target = parsed.GetRequiredValue(output);
            var save = SaverFor(
                target, parsed.GetValue(names)!, parsed.GetValue(precision), new OnnxOptions { ArgMax = parsed.GetValue(labels) });
            var (path, asked) = (ModelCache.Of(parsed).Resolve(parsed.GetRequiredValue(input)), options.Read(parsed));
            var (network, report) = asked.Partial ? Checkpoint.Load(path, asked) : Checkpoint.LoadComplete(path, asked);
            save(network);
            if (parsed.GetValue(json))
            {
                CommandJson.Print(ConversionJson.Of(target, report), CommandJsonContext.Default.ConversionJson);
            }
            else
            {
                Consoles.Out.Write(new Text(report.ToString()));
                Consoles.Out.WriteLine($"written: {target}");
            }

            return ExitCode.Done;
        });
    }

    /// <summary>The exporter refuses a network that Caffe has no names for.</summary>
    private static NameMap CaffeNames(FcnNetwork network) =>
        network.Options is FcnOptions options ? NameMap.Caffe(options.Variant) : NameMap.CaffeFcn8s;

    private static Action<FcnNetwork> SaverFor(string target, string names, WeightPrecision precision, OnnxOptions onnx) =>
        Path.GetExtension(target).ToUpperInvariant() switch
        {
            ".ONNX" => network => OnnxExporter.Export(network, target, onnx),
            ".SAFETENSORS" when names.Equals("caffe", StringComparison.OrdinalIgnoreCase) =>
                network => StateDictExporter.Save(network, target, CaffeNames(network), precision),
            ".SAFETENSORS" => network => network.Save(target, precision),
            _ => throw new IOException($"{target}: is neither .safetensors nor .onnx, so the format is unknown. Change its extension."),
        };
}
