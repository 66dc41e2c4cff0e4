using System.Collections.Immutable;
using FcnSharp.Engine;
using FcnSharp.Fuzz.Generators;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Weights;

namespace FcnSharp.Fuzz.Readers;

/// <summary>Readers of weights: checkpoints of any tool, and model files.</summary>
internal static class WeightReaders
{
    private static readonly ImmutableArray<Format> Weights =
        [
            SafetensorsGrammar.AnyNames, PyTorchGrammar.Zip, PyTorchGrammar.Legacy, CaffeGrammar.Format, OnnxGrammar.Format,
            RealFiles.Weights,
        ];

    public static ImmutableArray<Reader> All { get; } =
    [
        new("checkpoint", typeof(WeightFileException), Weights, LoadCheckpoint),
        new("inspect", typeof(WeightFileException), Weights, Inspect),
        new("predictor", typeof(WeightFileException), Weights, LoadPredictor),
        new("network", typeof(WeightFileException), [SafetensorsGrammar.OwnNames], LoadNetwork),
    ];

    private static Answer LoadCheckpoint(Input input, Workplace place)
    {
        using var stream = new MemoryStream(input.Bytes);
        var (network, report) = Checkpoint.Load(stream, options: Options(input));
        var anew = report.Reinitialised.Select(line => line.Tensor).ToHashSet(StringComparer.Ordinal);
        return new Answer(ExtraBytes: network.Tensors.Where(tensor => anew.Contains(tensor.Name)).Sum(tensor => 4L * tensor.Values.Length));
    }

    private static Answer Inspect(Input input, Workplace place) =>
        new(Checkpoint.Inspect(place.Put("input.pth", input.Bytes), Options(input)).Refusal);

    private static Answer LoadPredictor(Input input, Workplace place)
    {
        var options = new CheckpointOptions { Normalization = input.IsVariation ? Normalization.ImageNet : null };
        using var predictor = FcnPredictor.Load(
            place.Put("input.pth", input.Bytes), checkpoint: options, engine: new CpuEngineOptions { Threads = 1 });
        return default;
    }

    private static Answer LoadNetwork(Input input, Workplace place)
    {
        using var stream = new MemoryStream(input.Bytes);
        FcnNetwork.Load(stream);
        return default;
    }

    private static CheckpointOptions Options(Input input) => new() { Partial = input.IsVariation };
}
