using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Learning;

/// <summary>Updates the parameters of a module by their gradients.</summary>
/// <remarks>
/// Replaces TorchSharp's optimisers, which create temporary scalars that the garbage collector may free while native code reads them
/// (TorchSharp 0.107), and hide their state. The state is on the devices of the parameters. Not thread-safe; the module must outlive the
/// optimiser.
/// </remarks>
internal abstract class Optimizer : IDisposable
{
    private readonly IReadOnlyList<ParameterGroup> groups;
    private readonly Dictionary<string, Tensor> memory = new(StringComparer.Ordinal);

    /// <param name="module">The module to train, already on its device.</param>
    /// <param name="options">The options.</param>
    /// <param name="memories">Names of the state tensors of every parameter, which have its shape and start at zero.</param>
    protected Optimizer(Module module, OptimizerOptions options, params ReadOnlySpan<string> memories)
    {
        using var scope = NewDisposeScope();
        Options = options;
        groups = ParameterGroup.Of(module, options);
        foreach (var (name, value) in groups.SelectMany(group => group.Parameters))
        {
            foreach (var kind in memories)
            {
                memory.Add($"{kind}.{name}", zeros_like(value, requires_grad: false).DetachFromDisposeScope());
            }
        }
    }

    /// <summary>Creates the optimiser of <paramref name="options"/> for all parameters of a module that require a gradient.</summary>
    public static Optimizer Create(Module module, OptimizerOptions options) =>
        options.Kind == OptimizerKind.AdamW ? new AdamW(module, options) : new Sgd(module, options);

    /// <summary>The options of the optimiser.</summary>
    protected OptimizerOptions Options { get; }

    /// <summary>The state of the optimiser: always the same live tensors, which may be read and written between steps.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> State => [.. memory.Select(entry => (entry.Key, entry.Value))];

    /// <summary>Clears the gradients.</summary>
    public void ZeroGradients()
    {
        foreach (var (_, value) in groups.SelectMany(group => group.Parameters))
        {
            value.grad = null;
        }
    }

    /// <summary>Clips the gradients: scales them down so that their total L2 norm is at most <paramref name="maxNorm"/> (Pascanu, Mikolov
    /// and Bengio, 2013).</summary>
    /// <returns>The norm before clipping. If it is infinite or NaN, the gradients are unusable: do not step.</returns>
    public double ClipGradients(double maxNorm)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        return nn.utils.clip_grad_norm_(groups.SelectMany(group => group.Parameters).Select(parameter => parameter.Value), maxNorm);
    }

    /// <summary>Updates every parameter that has a gradient.</summary>
    /// <param name="learningRate">The learning rate, 0 or more.</param>
    /// <param name="step">Number of completed steps, from 0.</param>
    public void Step(double learningRate, long step)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var group in groups)
        {
            Step(group, learningRate * group.RateFactor, step);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in memory.Values)
        {
            tensor.Dispose();
        }
    }

    /// <summary>Updates the parameters of a group that have a gradient; called without gradient tracking, in a dispose scope.</summary>
    protected abstract void Step(ParameterGroup group, double learningRate, long step);

    /// <summary>A state tensor of a parameter.</summary>
    protected Tensor Memory(string kind, string name) => memory[$"{kind}.{name}"];
}
