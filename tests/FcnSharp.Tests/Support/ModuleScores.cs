using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch.Tests.Support;

/// <summary>The scores of a module as arrays.</summary>
internal static class ModuleScores
{
    /// <summary>The scores of row-major (N, 3, height, width) values.</summary>
    public static float[] Of(Module<Tensor, Tensor> module, ReadOnlyMemory<float> values, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var scores = module.call(tensor(values.ToArray()).reshape(-1, 3, height, width));
        Assert.Equal(height, scores.size(2));
        Assert.Equal(width, scores.size(3));
        return scores.data<float>().ToArray();
    }
}
