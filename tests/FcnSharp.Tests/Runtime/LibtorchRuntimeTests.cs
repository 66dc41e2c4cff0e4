using TorchSharp;

namespace FcnSharp.Torch.Tests.Runtime;

public class LibtorchRuntimeTests
{
    [Fact]
    public void Tensors_InTheTestHost_Work()
    {
        using var ones = torch.ones(2, 2);
        using var sum = ones.sum();

        Assert.Equal(4, sum.item<float>());
    }
}
