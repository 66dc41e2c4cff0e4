using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Learning;

/// <summary>
/// An exponential moving average of a module's parameters and of batch normalisation's statistics, which often answers better than the last
/// step's (Polyak and Juditsky, 1992; Tarvainen and Valpola, 2017).
/// </summary>
/// <remarks>
/// average += (1 - d) (value - average). In step t, from 0, d is the least of the decay and (1 + t) / (10 + t), so that the first, random
/// weights are soon forgotten (TensorFlow's ExponentialMovingAverage). Buffers that are no floating-point numbers are copied. It lives on
/// the devices of the module's tensors. Not thread-safe; the module must outlive this.
/// </remarks>
internal sealed class WeightAverage : IDisposable
{
    private readonly double decay;
    private readonly (string Name, Tensor Value, Tensor Average)[] entries;

    /// <summary>Starts with the module's tensors as they are.</summary>
    /// <param name="module">What learns, already on its device.</param>
    /// <param name="decay">The share, from 0 up to but not including 1, that is kept of the average in every step.</param>
    public WeightAverage(Module module, double decay)
    {
        using var scope = NewDisposeScope();
        this.decay = decay;
        entries = [.. module.state_dict().Select(entry => (entry.Key, entry.Value, entry.Value.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>The averages, by the names of the module's state dict: live tensors, always the same ones, to be read and written between
    /// steps.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> State => [.. entries.Select(entry => (entry.Name, entry.Average))];

    /// <summary>Takes the module's tensors in.</summary>
    /// <param name="step">Steps done before the one that just changed them, from 0.</param>
    public void Update(long step)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var kept = Math.Min(decay, (1.0 + step) / (10.0 + step));
        var taken = tensor((float)(1 - kept), device: entries[0].Value.device);
        foreach (var (_, value, average) in entries)
        {
            if (average.is_floating_point())
            {
                average.lerp_(value, taken);
            }
            else
            {
                average.copy_(value);
            }
        }
    }

    public void Dispose()
    {
        foreach (var (_, _, average) in entries)
        {
            average.Dispose();
        }
    }
}
