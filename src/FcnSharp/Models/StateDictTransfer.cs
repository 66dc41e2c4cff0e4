using FcnSharp.Networks;
using FcnSharp.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>Copies tensors between a module and a <see cref="FcnNetwork"/>, by the names of the state dict.</summary>
internal static class StateDictTransfer
{
    /// <summary>Copies a network's tensors into a new module on the CPU and switches the module to evaluation mode.</summary>
    /// <returns><paramref name="module"/>.</returns>
    public static T Loaded<T>(T module, FcnNetwork network)
        where T : Module
    {
        var state = module.state_dict();
        foreach (var source in network.Tensors)
        {
            using var values = state[source.Name].data<float>();
            values.CopyFrom(source.Values.Span);
        }

        module.eval();
        return module;
    }

    /// <summary>Copies a module's tensors, from any device and precision.</summary>
    public static FcnNetwork ToNetwork(Module module, NetworkOptions options, ModelCard? card)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var state = module.state_dict();
        return new FcnNetwork(options, StateDict.TensorsOf(options).Select(Tensor).ToList(), card);

        NamedTensor Tensor(TensorSpec spec) => new(spec.Name, spec.Shape, TensorValues.Floats(state[spec.Name]));
    }
}
