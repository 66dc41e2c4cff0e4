using FcnSharp.Data;
using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Training;
using static TorchSharp.torch;

namespace FcnSharp.Benchmarks.Training;

/// <summary>
/// A training loop in plain TorchSharp: the module, AdamW and cross-entropy, with the loss read after every step. Its batches are
/// prepared as tensors, so the loop neither loads nor augments pictures.
/// </summary>
internal sealed class PlainLoop : IDisposable
{
    private const int ReadyBatches = 4;

    private readonly TrainingOptions options;
    private readonly int ignoreId;
    private readonly FCN8s model;
    private readonly optim.Optimizer optimizer;
    private readonly List<(Tensor Images, Tensor Labels)> batches;

    public PlainLoop(TrainingOptions options, ISegmentationDataset dataset)
    {
        (this.options, ignoreId) = (options, dataset.IgnoreId);
        model = new FCN8s((FcnOptions)options.Network! with { NumClasses = dataset.Classes.Count }, options.Learning);
        model.train();
        optimizer = optim.AdamW(model.parameters(), options.Optimizer.LearningRate, weight_decay: options.Optimizer.WeightDecay);
        batches = [.. Enumerable.Range(0, ReadyBatches).Select(batch => Batch(dataset, batch))];
    }

    /// <summary>The cost of a number of steps after a number of warm-up steps.</summary>
    public Cost Run(int dropped, int steps)
    {
        set_num_threads(options.Threads!.Value);
        Steps(dropped);
        return Cost.Of(() => Steps(steps));
    }

    public void Dispose()
    {
        foreach (var (images, labels) in batches)
        {
            images.Dispose();
            labels.Dispose();
        }

        optimizer.Dispose();
        model.Dispose();
    }

    private void Steps(int count)
    {
        for (var step = 0; step < count; step++)
        {
            using var scope = NewDisposeScope();
            var (images, labels) = batches[step % batches.Count];

            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(model.call(images), labels, ignore_index: ignoreId);
            loss.backward();
            optimizer.step();

            if (!float.IsFinite(loss.item<float>()))
            {
                throw new InvalidOperationException("The plain loop's loss is NaN or infinite, so its time is meaningless.");
            }
        }
    }

    /// <summary>The upper left corners of pictures, at the size of the trainer's crops.</summary>
    private (Tensor Images, Tensor Labels) Batch(ISegmentationDataset dataset, int batch)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (options.Augmentation.CropHeight!.Value, options.Augmentation.CropWidth!.Value);
        var samples = Enumerable.Range(batch * options.BatchSize, options.BatchSize).Select(index => dataset.Load(index % dataset.Count))
            .ToList();
        var images = stack(samples.Select(sample => Image(sample).narrow(0, 0, height).narrow(1, 0, width).permute(2, 0, 1)));
        var labels = stack(samples.Select(sample => Labels(sample).narrow(0, 0, height).narrow(1, 0, width)));
        return (images.contiguous().DetachFromDisposeScope(), labels.contiguous().DetachFromDisposeScope());
    }

    private static Tensor Image(SegmentationSample sample)
    {
        var (mean, deviation) = (Normalization.ImageNet.Mean, Normalization.ImageNet.Deviation);
        var bytes = tensor(sample.Picture.Pixels.ToArray(), [sample.Picture.Height, sample.Picture.Width, 3]).to(ScalarType.Float32);
        return bytes.div(tensor(255f)).sub_(tensor([mean.R, mean.G, mean.B])).div_(tensor([deviation.R, deviation.G, deviation.B]));
    }

    private static Tensor Labels(SegmentationSample sample) =>
        tensor(sample.Labels.Labels.ToArray(), [sample.Labels.Height, sample.Labels.Width]).to(ScalarType.Int64);
}
