using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Engine.Cpu;

/// <summary>Two layers computed together, strip by strip, so that the large map between them never exists as a whole.</summary>
/// <param name="first">Computes the map.</param>
/// <param name="second">Reads the map, and pools its own output.</param>
/// <param name="between">The operation whose output is the map between the layers.</param>
internal sealed class StripLayers(RowLayer first, WinogradLayer second, GraphNode between) : Layer(second.Name)
{
    /// <summary>Rows below a strip that its last tiles read.</summary>
    private const int Below = WinogradTransforms.Output;

    /// <summary>Approximate number of values in a strip, so that it stays in the cache until it is read.</summary>
    private const int StripValues = 1 << 19;

    private const int MaxStripRows = 64;

    public override string Kernel => $"{first.Kernel} in strips, {second.Kernel}";

    public override IReadOnlyList<Layer> Parts => [first, second];

    public override MapBorder InputBorder => first.InputBorder;

    public override int InputSlack => first.InputSlack;

    public override int Alignment => second.Alignment;

    public override long AskedMultiplications(Func<GraphNode, MapSize> sizeOf) =>
        first.AskedMultiplications(sizeOf) + second.AskedMultiplications(sizeOf);

    public override long Multiplications(Func<GraphNode, MapSize> sizeOf) => first.Multiplications(sizeOf) + second.Multiplications(sizeOf);

    /// <summary>Two strips and the transformed filters of both layers.</summary>
    public override long ScratchFloats(Func<GraphNode, MapSize> sizeOf)
    {
        var width = sizeOf(between).Width;
        var strip = ChannelMap.FloatsOf(StripRows(width), width, first.OutChannels, second.InputBorder);
        return (2 * strip) + first.ScratchFloats(sizeOf) + second.ScratchFloats(sizeOf);
    }

    public override void Run(LayerCall call)
    {
        var (width, height) = first.OutputSize(call);
        var scratch = call.Workers.Scratch;
        var (firstPrepared, secondPrepared, above) = ((ScratchBuffer?)null, (ScratchBuffer?)null, (ChannelMap?)null);
        try
        {
            firstPrepared = first.Prepare(call.Workers);
            secondPrepared = second.Prepare(call.Workers);
            var (stripRows, computed) = (StripRows(width), 0);
            for (var row = 0; row < height; row += stripRows)
            {
                // The strip's border has the rows above and below; outside the map it stays zero. Rows that two strips read are
                // computed once.
                var strip = new ChannelMap(scratch, Math.Min(stripRows, height - row), width, first.OutChannels, second.InputBorder);
                if (above is not null)
                {
                    strip.CopyRows(above, stripRows - strip.Border.Before, -strip.Border.Before, strip.Border.Both);
                    above.Dispose();
                }

                above = strip;
                var end = Math.Min(row + stripRows + Below, height);
                if (computed < end)
                {
                    first.RunRows(call with { Output = strip }, firstPrepared, computed, end, computed - row);
                    computed = end;
                }

                second.RunRows(call with { Inputs = [strip] }, secondPrepared, 0, strip.Height, row / 2);
            }
        }
        finally
        {
            above?.Dispose();
            Return(firstPrepared);
            Return(secondPrepared);
        }

        void Return(ScratchBuffer? buffer)
        {
            if (buffer is not null)
            {
                scratch.Return(buffer);
            }
        }
    }

    private int StripRows(int width) =>
        Math.Clamp(StripValues / width / first.OutChannels, 2 * Below, MaxStripRows) / Below * Below;
}
