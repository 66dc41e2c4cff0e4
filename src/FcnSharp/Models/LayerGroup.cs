using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>Gives its layers a common prefix in the state dict: <c>conv1</c> holds <c>conv1.0</c> and <c>conv1.2</c>.</summary>
internal sealed class LayerGroup(string name) : Module(name);
