using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Learning;

/// <summary>Changes the parameters of a module by their gradients.</summary>
/// <remarks>
/// Not TorchSharp's optimisers: those make temporary scalars, which the garbage collector may free while native code reads them (TorchSharp
/// 0.107), and hide their state. What is remembered from step to step lives on the devices of the parameters. Not thread-safe; the module
/// must outlive this.
/// </remarks>
internal abstract class Optimizer : IDisposable
{
    private readonly IReadOnlyList<ParameterGroup> groups;
    private readonly Dictionary<string, Tensor> memory = new(StringComparer.Ordinal);

    /// <param name="module">What learns, already on its device.</param>
    /// <param name="options">How.</param>
    /// <param name="memories">What is remembered of every parameter, in its shape, at first zero.</param>
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

    /// <summary>The rule that <paramref name="options"/> name, for all parameters of a module that require a gradient.</summary>
    public static Optimizer Create(Module module, OptimizerOptions options) =>
        options.Kind == OptimizerKind.AdamW ? new AdamW(module, options) : new Sgd(module, options);

    /// <summary>How the module learns.</summary>
    protected OptimizerOptions Options { get; }

    /// <summary>All that is remembered from step to step: live tensors, always the same ones, to be read and written between
    /// steps.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> State => [.. memory.Select(entry => (entry.Key, entry.Value))];

    /// <summary>Forgets the gradients.</summary>
    public void ZeroGradients()
    {
        foreach (var (_, value) in groups.SelectMany(group => group.Parameters))
        {
            value.grad = null;
        }
    }

    /// <summary>Scales all gradients down so that, as one vector, they are no longer than <paramref name="maxNorm"/> (Pascanu, Mikolov and
    /// Bengio, 2013).</summary>
    /// <returns>Their length before. Where it is no finite number the gradients are of no use: do not step.</returns>
    public double ClipGradients(double maxNorm)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        return nn.utils.clip_grad_norm_(groups.SelectMany(group => group.Parameters).Select(parameter => parameter.Value), maxNorm);
    }

    /// <summary>Changes every parameter that has a gradient.</summary>
    /// <param name="learningRate">The rate, 0 or more.</param>
    /// <param name="step">Steps done before, from 0.</param>
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

    /// <summary>Changes the parameters of a group that have a gradient, without tracking, in a dispose scope.</summary>
    protected abstract void Step(ParameterGroup group, double learningRate, long step);

    /// <summary>What is remembered of a parameter.</summary>
    protected Tensor Memory(string kind, string name) => memory[$"{kind}.{name}"];
}
