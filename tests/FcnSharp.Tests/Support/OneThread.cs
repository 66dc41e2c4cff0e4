using FcnSharp.Torch.Tests.Support;
using TorchSharp;

[assembly: AssemblyFixture(typeof(OneThread))]

namespace FcnSharp.Torch.Tests.Support;

/// <summary>
/// One thread for each libtorch call: the tests run beside each other already, and on busy processors the threads of small calls wait
/// for each other far longer than they compute.
/// </summary>
public sealed class OneThread
{
    public OneThread() => torch.set_num_threads(1);
}
