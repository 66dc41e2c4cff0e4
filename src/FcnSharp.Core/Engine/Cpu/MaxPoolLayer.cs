using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Engine.Cpu;

/// <summary>The largest value of each window, channel by channel; cells outside the map are ignored.</summary>
internal sealed unsafe class MaxPoolLayer(MaxPoolNode node, KernelSet kernels) : Layer(node.Name)
{
    public override string Kernel => "max pool";

    public override void Run(LayerCall call)
    {
        var (input, output) = (call.Input, call.Output);
        call.Workers.Run(Name, output.Height, room: 0, (y, _) =>
        {
            var (top, bottom) = Window(y, input.Height);
            for (var x = 0; x < output.Width; x++)
            {
                var (left, right) = Window(x, input.Width);
                var target = output.Cell(y, x);
                kernels.Combine(input.Cell(top, left), 1, null, target, node.Channels, rectify: false);
                for (var row = top; row < bottom; row++)
                {
                    for (var column = left; column < right; column++)
                    {
                        kernels.Raise(input.Cell(row, column), target, node.Channels);
                    }
                }
            }
        });
    }

    private (int Start, int End) Window(int index, int size)
    {
        var start = (index * node.Stride) - node.Padding;
        return (Math.Max(start, 0), Math.Min(start + node.Kernel, size));
    }
}
