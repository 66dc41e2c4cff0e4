using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Engine.Cpu;

/// <summary>A row source as a layer: its rows are written to a map, or added to it.</summary>
/// <param name="source">Computes the rows.</param>
/// <param name="finishing">Whether the rows are added to the output map, and whether a ReLU follows.</param>
internal sealed unsafe class RowsLayer(RowSource source, Finishing finishing) : Layer(source.Name)
{
    public override string Kernel => source.Kernel + (finishing.Adds ? ", sum" : "");

    /// <summary>Whether its cells are at fractional positions of the input.</summary>
    public bool IsResize => source is BilinearRows;

    public override MapBorder InputBorder => source.InputBorder;

    public override int InputSlack => GemmKernel.Rows;

    public override long AskedMultiplications(Func<GraphNode, MapSize> sizeOf) => source.AskedMultiplications(sizeOf);

    public override void Run(LayerCall call)
    {
        var output = call.Output;
        var write = source.Over(call.Input, output.Height, output.Width);
        call.Workers.Run(Name, output.Height, source.RowLength(call.Input, output.Width), (y, row) =>
        {
            write(y, row);
            var floor = finishing.Rectifies ? 0 : float.NegativeInfinity;
            for (var x = 0; x < output.Width; x++)
            {
                var from = row + ((long)x * source.CellStride);
                var to = output.Cell(y, x);
                for (var c = 0; c < output.Channels; c++)
                {
                    to[c] = MathF.Max(floor, finishing.Adds ? to[c] + from[c] : from[c]);
                }
            }
        });
    }
}
