using FcnSharp.Torch.Tests.Support;
using TorchSharp;

[assembly: AssemblyFixture(typeof(OneThread))]

namespace FcnSharp.Torch.Tests.Support;

/// <summary>
/// Sets one thread for libtorch: the tests already run in parallel, and on busy processors the threads of small calls wait for each other
/// far longer than they compute.
/// </summary>
public sealed class OneThread
{
    public OneThread() => torch.set_num_threads(1);
}
