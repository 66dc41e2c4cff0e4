using System.Collections.Immutable;
using FcnSharp.Engine.Kernels;
using FcnSharp.Imaging;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Engine.Cpu;

/// <summary>A graph compiled to kernel steps, from a part of a picture to the coarse scores, and the operation that upsamples these row by
/// row. Immutable and thread-safe.</summary>
internal sealed class EnginePlan
{
    /// <summary>For each step, the maps that no later step reads.</summary>
    private readonly ImmutableArray<ImmutableArray<PlannedMap>> released;

    /// <summary>Creates a plan.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="steps">The steps, in order.</param>
    /// <param name="coarseNode">The operation whose output the last operation reads.</param>
    /// <param name="coarse">The map of that output.</param>
    /// <param name="last">The last operation.</param>
    /// <param name="sizeMultiple">The picture is zero-padded on the right and below to multiples of this many pixels.</param>
    public EnginePlan(
        NetworkGraph graph, ImmutableArray<PlanStep> steps, GraphNode coarseNode, PlannedMap coarse, RowSource last, int sizeMultiple)
    {
        (Graph, Steps, CoarseNode, Coarse, Last, SizeMultiple) = (graph, steps, coarseNode, coarse, last, sizeMultiple);
        coarse.Needs(last.InputBorder, GemmKernel.Rows);
        released = [.. steps.Select((step, index) => step.Maps
            .Where(map => map != coarse && !steps.Skip(index + 1).Any(later => later.Maps.Contains(map))).Distinct().ToImmutableArray())];
    }

    public NetworkGraph Graph { get; }

    public ImmutableArray<PlanStep> Steps { get; }

    /// <summary>The operation whose output the last operation reads: scores at stride 8, 16 or 32 for most networks.</summary>
    public GraphNode CoarseNode { get; }

    /// <summary>The map of that output; another operation may have written it first.</summary>
    public PlannedMap Coarse { get; }

    /// <summary>The last operation: computes scores at the picture's size from coarse scores.</summary>
    public RowSource Last { get; }

    /// <summary>The picture is zero-padded on the right and below to multiples of this many pixels.</summary>
    public int SizeMultiple { get; }

    /// <summary>Columns or rows of a picture with the network's zero padding, in pixels.</summary>
    public int Padded(int side) => (side + SizeMultiple - 1) / SizeMultiple * SizeMultiple;

    /// <summary>Columns and rows of every map for a part of a picture.</summary>
    /// <exception cref="ArgumentException">Maps would be empty or misaligned.</exception>
    public Func<GraphNode, MapSize> SizesFor(int width, int height)
    {
        var sizes = Graph.SizesUpTo(CoarseNode, width, height);
        return node => new MapSize(sizes[node].Width, sizes[node].Height);
    }

    /// <summary>Whether the maps of a part of a picture have matching sizes.</summary>
    public bool LinesUp(int width, int height)
    {
        try
        {
            SizesFor(width, height);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A map for coarse scores, undefined inside its border. The caller disposes it.</summary>
    public ChannelMap BlankCoarse(MapSize size, ScratchMemory scratch) => Blank(Coarse, size, scratch);

    /// <summary>Computes the coarse scores of a part of a picture. The caller disposes the map.</summary>
    public ChannelMap Run(RgbImage picture, PictureWindow window, Workers workers)
    {
        var sizeOf = SizesFor(window.Width, window.Height);
        var maps = new Dictionary<PlannedMap, ChannelMap>();
        try
        {
            foreach (var (step, unread) in Steps.Zip(released))
            {
                if (!maps.TryGetValue(step.Output, out var output))
                {
                    maps.Add(step.Output, output = Blank(step.Output, sizeOf(step.Output.Node), workers.Scratch));
                }

                step.Layer.Run(new LayerCall(picture, window, [.. step.Inputs.Select(map => maps[map])], output, workers));
                foreach (var map in unread)
                {
                    maps.Remove(map, out var done);
                    done!.Dispose();
                }
            }

            maps.Remove(Coarse, out var coarse);
            return coarse!;
        }
        finally
        {
            foreach (var map in maps.Values)
            {
                map.Dispose();
            }
        }
    }

    /// <summary>Peak memory of maps and transformed filters, in bytes.</summary>
    public long WorkingBytes(int width, int height)
    {
        var sizeOf = SizesFor(width, height);
        var live = new HashSet<PlannedMap>();
        var (floats, most) = (0L, 0L);
        foreach (var (step, unread) in Steps.Zip(released))
        {
            floats += live.Add(step.Output) ? step.Output.Floats(sizeOf) : 0;
            most = Math.Max(most, floats + step.Layer.ScratchFloats(sizeOf));
            floats -= unread.Sum(map => map.Floats(sizeOf));
        }

        return sizeof(float) * most;
    }

    private static ChannelMap Blank(PlannedMap map, MapSize size, ScratchMemory scratch) =>
        new(scratch, size.Height, size.Width, map.Node.Channels, map.Border, map.Slack);
}

/// <summary>A map that steps of a plan write and read.</summary>
/// <param name="node">The operation that determines its size and channels.</param>
internal sealed class PlannedMap(GraphNode node)
{
    public GraphNode Node => node;

    /// <summary>Zero cells around the map.</summary>
    public MapBorder Border { get; private set; }

    /// <summary>Cells after the last row that may be read.</summary>
    public int Slack { get; private set; } = GemmKernel.Rows;

    /// <summary>Extends border and slack for a reader.</summary>
    public void Needs(MapBorder border, int slack) => (Border, Slack) = (Border.Or(border), Math.Max(Slack, slack));

    public long Floats(Func<GraphNode, MapSize> sizeOf) =>
        ChannelMap.FloatsOf(sizeOf(node).Height, sizeOf(node).Width, node.Channels, Border);
}

/// <summary>A layer with the maps that it reads and writes.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The maps that it reads; empty if it reads the picture.</param>
/// <param name="Output">The map that it writes, or adds to if an earlier step wrote it.</param>
internal sealed record PlanStep(Layer Layer, ImmutableArray<PlannedMap> Inputs, PlannedMap Output)
{
    public IEnumerable<PlannedMap> Maps => Inputs.Append(Output);
}
