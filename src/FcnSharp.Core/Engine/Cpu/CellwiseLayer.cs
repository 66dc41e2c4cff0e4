using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// Operations that compute an output cell from one cell of each input: sums, scales, crops, and zero padding on the right and below. All
/// of them are factor * input(y + offset, x + offset), plus an optional second input, with an optional ReLU.
/// </summary>
internal sealed unsafe class CellwiseLayer : Layer
{
    private readonly KernelSet kernels;
    private readonly float factor = 1;
    private readonly int offset;
    private readonly Finishing finishing;

    /// <summary>Prepares an <see cref="AddNode"/>, a <see cref="ScaleNode"/>, a <see cref="CropNode"/> or a
    /// <see cref="PadNode"/>.</summary>
    public CellwiseLayer(GraphNode node, KernelSet kernels)
        : base(node.Name)
    {
        this.kernels = kernels;
        finishing = new Finishing(node is AddNode { Relu: true }, Adds: node is AddNode);
        offset = node is CropNode crop ? crop.Offset : 0;
        Alignment = node is PadNode pad ? pad.Multiple : 1;
        factor = node is ScaleNode scale ? scale.Factor : 1;
    }

    /// <summary>A part of a map that starts at a multiple of the padding gets the same padding as the whole map.</summary>
    public override int Alignment { get; }

    public override string Kernel => finishing.Adds ? "sum" : "copy";

    public override void Run(LayerCall call)
    {
        var (input, output) = (call.Input, call.Output);
        var second = finishing.Adds ? call.Inputs[1] : null;
        call.Workers.Run(Name, output.Height, room: 0, (y, _) =>
        {
            for (var x = 0; x < output.Width; x++)
            {
                var target = output.Cell(y, x);
                if (y + offset >= input.Height || x + offset >= input.Width)
                {
                    new Span<float>(target, output.Channels).Clear();
                    continue;
                }

                var other = second is null ? null : second.Cell(y, x);
                kernels.Combine(input.Cell(y + offset, x + offset), factor, other, target, output.Channels, finishing.Rectifies);
            }
        });
    }
}
