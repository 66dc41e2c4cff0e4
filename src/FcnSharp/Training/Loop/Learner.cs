using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Support;
using FcnSharp.Tensors;
using FcnSharp.Training.Learning;
using FcnSharp.Training.Loading;
using FcnSharp.Training.Planning;
using TorchSharp;
using static TorchSharp.torch;

namespace FcnSharp.Training.Loop;

/// <summary>The network of a stage with its loss, optimiser and averaged weights. Its state consists of tensors, which a checkpoint
/// contains.</summary>
internal sealed class Learner : IDisposable
{
    private const string WeightPrefix = "weights/";
    private const string AveragePrefix = "average/";
    private const string OptimizerPrefix = "optimizer/";

    /// <summary>The largest number of characters of picture names in a message.</summary>
    private const int LongestNames = 150;

    private readonly NetworkOptions network;
    private readonly TrainingOptions options;
    private readonly Device device;
    private readonly FcnModule module;
    private readonly PixelLoss loss;
    private readonly Optimizer optimizer;
    private readonly WeightAverage? average;
    private readonly bool channelsLast;

    /// <summary>Builds a stage's network with its initial weights.</summary>
    /// <param name="plan">The plan of the run.</param>
    /// <param name="stage">Index of the stage.</param>
    /// <param name="coarser">The final network of the stage before; null for the first stage.</param>
    /// <param name="classWeights">A weight for every class; null for none.</param>
    /// <param name="device">The device to train on.</param>
    public Learner(TrainingPlan plan, int stage, FcnNetwork? coarser, IReadOnlyList<double>? classWeights, Device device)
    {
        (network, options, this.device) = (plan.Stages[stage], plan.Options, device);
        Randomness.Start(options.Seed, stage);
        module = FcnModule.Create(network, options.Learning);
        if (coarser is not null)
        {
            using var source = FcnModule.From(coarser, options.Learning);
            StagedInitialization.Run(module, source);
        }
        else if (options.Start is not null)
        {
            var state = module.state_dict();
            foreach (var tensor in StartingWeights.Of(network, options.Start, plan.Classes))
            {
                TensorCopy.Into(state[tensor.Name], tensor.Values.Span);
            }
        }

        channelsLast = ChannelsLast.Suits(network);
        module.to(device);
        module.train();
        loss = new PixelLoss(options.Loss, classWeights, network.NumClasses, plan.Training.IgnoreId, device);
        optimizer = Optimizer.Create(module, options.Optimizer);
        average = options.AverageDecay is { } decay ? new WeightAverage(module, decay) : null;
    }

    /// <summary>Every tensor that changes, with a unique name. The learner owns the tensors.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        module.state_dict().Select(pair => (WeightPrefix + pair.Key, pair.Value))
            .Concat(optimizer.State.Select(item => (OptimizerPrefix + item.Name, item.Value)))
            .Concat(average?.State.Select(item => (AveragePrefix + item.Name, item.Value)) ?? []);

    /// <summary>Restores a saved state.</summary>
    /// <exception cref="TrainingException">The tensors are not those of this learner.</exception>
    public void Restore(IReadOnlyList<NamedTensor> saved)
    {
        var values = saved.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var (name, tensor) in State)
        {
            if (!values.TryGetValue(name, out var value) || value.Values.Length != tensor.numel())
            {
                throw new TrainingException($"The checkpoint has no tensor {name} of {tensor.numel()} values.",
                    "It was written by another version of FcnSharp: continue with that version, or use another folder.");
            }

            TensorCopy.Into(tensor, value.Values.Span);
        }
    }

    /// <summary>Trains one step, on one or more batches.</summary>
    /// <param name="batches">The batches; each is processed before the next is requested.</param>
    /// <param name="step">Number of completed steps, over all stages.</param>
    /// <param name="stepInStage">Number of completed steps of this stage.</param>
    /// <param name="rate">The learning rate.</param>
    /// <returns>The loss, as mean over the batches.</returns>
    /// <exception cref="TrainingException">The loss, or with clipping the norm of the gradients, is infinite or NaN; the message names the
    /// pictures. The weights are unchanged.</exception>
    public double Step(IEnumerator<TrainingBatch> batches, long step, long stepInStage, double rate)
    {
        using var scope = NewDisposeScope();
        optimizer.ZeroGradients();
        var total = 0.0;
        var names = new List<string>();
        for (var part = 0; part < options.Accumulation; part++)
        {
            batches.MoveNext();
            Randomness.Step(options.Seed, step, part);
            names.AddRange(batches.Current.Names);
            total += AddGradients(batches.Current, step);
        }

        if (options.Optimizer.MaxGradientNorm is { } norm && optimizer.ClipGradients(norm) is var length && !double.IsFinite(length))
        {
            throw new TrainingException(
                Guard.Text($"The norm of the gradients became {length} in step {step + 1}, on the pictures {Shown(names)}."),
                "Lower the learning rate, or check these pictures; nothing was saved after the last good checkpoint.");
        }

        optimizer.Step(rate, stepInStage);
        average?.Update(stepInStage);
        return total / options.Accumulation;
    }

    /// <summary>The network for evaluation and for the result: with averaged weights if weights are averaged.</summary>
    public FcnNetwork ToNetwork(ModelCard? card = null)
    {
        using var scope = NewDisposeScope();
        var state = module.state_dict();
        foreach (var (name, value) in average?.State ?? [])
        {
            state[name] = value;
        }

        var tensors = StateDict.TensorsOf(network)
            .Select(spec => new NamedTensor(spec.Name, spec.Shape, TensorValues.Floats(state[spec.Name])));
        return new FcnNetwork(network, tensors, card);
    }

    public void Dispose()
    {
        average?.Dispose();
        optimizer.Dispose();
        loss.Dispose();
        module.Dispose();
    }

    private static string Shown(IEnumerable<string> names) => FileText.Shown(string.Join(", ", names), LongestNames);

    /// <summary>The loss of the scores, plus the weighted loss of the auxiliary scores if the network has an auxiliary head.</summary>
    private Tensor LossOf(Tensor pictures, Tensor labels)
    {
        if (module is not FCNResNet dilated || options.Learning.AuxiliaryLossWeight == 0)
        {
            return loss.Of(module.call(pictures), labels);
        }

        var (scores, auxiliary) = dilated.ForwardWithAuxiliary(pictures);
        using Scalar share = options.Learning.AuxiliaryLossWeight;
        return loss.Of(scores, labels).add(loss.Of(auxiliary, labels), share);
    }

    private double AddGradients(TrainingBatch batch, long step)
    {
        using var scope = NewDisposeScope();
        var pictures = TensorCopy.Floats(batch.Pixels, batch.Count, 3, batch.Height, batch.Width).to(device);
        pictures = channelsLast ? ChannelsLast.Of(pictures) : pictures;
        var labels = TensorCopy.Bytes(batch.Labels, batch.Count, batch.Height, batch.Width).to(device).to(ScalarType.Int64);

        var value = LossOf(pictures, labels);
        var number = TensorValues.Number(value);
        if (!double.IsFinite(number))
        {
            throw new TrainingException(
                Guard.Text($"The loss became {number} in step {step + 1}, on the pictures {Shown(batch.Names)}."),
                $"Lower the learning rate, set {nameof(OptimizerOptions)}.{nameof(OptimizerOptions.MaxGradientNorm)}, " +
                "or check these pictures; nothing was saved after the last good checkpoint.");
        }

        // A mean loss is averaged over the batches; a summed loss stays a sum.
        if (options.Accumulation > 1 && options.Loss.Reduction == LossReduction.Mean)
        {
            using Scalar share = 1.0 / options.Accumulation;
            value = value.mul(share);
        }

        value.backward();
        return number;
    }
}
