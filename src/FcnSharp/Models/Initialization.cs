using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>Initialises parameters.</summary>
internal static class Initialization
{
    /// <summary>Normal with variance 2 / fan-in, for convolutions that a ReLU follows (He, Zhang, Ren and Sun, 2015, section
    /// 2.2).</summary>
    public static void He(Tensor weight)
    {
        using var scope = NewDisposeScope();
        init.kaiming_normal_(weight, mode: init.FanInOut.FanIn, nonlinearity: init.NonlinearityType.ReLU);
    }

    /// <summary>Fills a parameter with zeros; does nothing for null.</summary>
    public static void Zero(Tensor? parameter)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        parameter?.zero_();
    }

    /// <summary>
    /// Bilinear interpolation of each class separately (Long, Shelhamer and Darrell, 2015, section 3.3; surgery.py of their code):
    /// with f = (k + 1) / 2 rounded down and centre f - 1 for odd k, f - 0.5 for even k, cell (i, j) of the kernel is
    /// (1 - |i - centre| / f) (1 - |j - centre| / f).
    /// </summary>
    /// <param name="weight">(C, C, k, k): from class, to class, rows, columns.</param>
    public static void Bilinear(Tensor weight)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();

        var taps = tensor(BilinearTaps((int)weight.size(2)), dtype: weight.dtype, device: weight.device);
        weight.zero_();
        weight.diagonal(offset: 0, dim1: 0, dim2: 1).copy_(taps.outer(taps).unsqueeze(-1));
    }

    private static double[] BilinearTaps(int kernel)
    {
        var factor = (kernel + 1) / 2;
        var centre = kernel % 2 == 1 ? factor - 1 : factor - 0.5;
        return [.. Enumerable.Range(0, kernel).Select(i => 1 - (Math.Abs(i - centre) / factor))];
    }
}
