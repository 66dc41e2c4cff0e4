using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Learning;

/// <summary>
/// An exponential moving average of a module's parameters and of batch normalisation's statistics, which is often more accurate than the
/// weights of the last step (Polyak and Juditsky, 1992; Tarvainen and Valpola, 2017).
/// </summary>
/// <remarks>
/// average += (1 - d) (value - average). In step t, from 0, d is the minimum of the decay and (1 + t) / (10 + t), so that the random
/// initial weights soon have little influence (TensorFlow's ExponentialMovingAverage). Integer buffers are copied. The averages are on the
/// devices of the module's tensors. Not thread-safe; the module must outlive the average.
/// </remarks>
internal sealed class WeightAverage : IDisposable
{
    private readonly double decay;
    private readonly (string Name, Tensor Value, Tensor Average)[] entries;

    /// <summary>Initialises the averages with copies of the module's tensors.</summary>
    /// <param name="module">The module, already on its device.</param>
    /// <param name="decay">The share of the average that is kept in every step, at least 0 and below 1.</param>
    public WeightAverage(Module module, double decay)
    {
        using var scope = NewDisposeScope();
        this.decay = decay;
        entries = [.. module.state_dict().Select(entry => (entry.Key, entry.Value, entry.Value.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>The averages with the names of the module's state dict: always the same live tensors, which may be read and written between
    /// steps.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> State => [.. entries.Select(entry => (entry.Name, entry.Average))];

    /// <summary>Updates the averages with the module's tensors.</summary>
    /// <param name="step">Number of steps before the one that just changed the tensors, from 0.</param>
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
