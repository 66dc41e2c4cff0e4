using System.Collections.Immutable;
using FcnSharp.Engine.Kernels;
using FcnSharp.Imaging;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Engine.Cpu;

/// <summary>A graph as steps of kernels, from a part of a picture to the coarse scores, and what enlarges them row by row. Immutable and
/// thread-safe.</summary>
internal sealed class EnginePlan
{
    /// <summary>For each step, the maps that nothing reads behind it.</summary>
    private readonly ImmutableArray<ImmutableArray<PlannedMap>> released;

    /// <summary>Puts a plan together.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="steps">What is done, in order.</param>
    /// <param name="coarseNode">The operation whose result the last one reads.</param>
    /// <param name="coarse">The map that holds it.</param>
    /// <param name="last">The last operation.</param>
    /// <param name="sizeMultiple">The picture is seen with zeros to the right and below, up to multiples of this many pixels.</param>
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

    /// <summary>The operation whose result the last one reads: scores at stride 8, 16 or 32 for most networks.</summary>
    public GraphNode CoarseNode { get; }

    /// <summary>The map that holds it, which another operation may have begun.</summary>
    public PlannedMap Coarse { get; }

    /// <summary>From coarse scores to the picture's size.</summary>
    public RowSource Last { get; }

    /// <summary>The picture is seen with zeros to the right and below, up to multiples of this many pixels.</summary>
    public int SizeMultiple { get; }

    /// <summary>Columns or rows of a picture with the zeros that the network adds at the right or the bottom, in pixels.</summary>
    public int Padded(int side) => (side + SizeMultiple - 1) / SizeMultiple * SizeMultiple;

    /// <summary>Columns and rows of every map for a part of a picture.</summary>
    /// <exception cref="ArgumentException">There are none: maps would be empty, or would not line up.</exception>
    public Func<GraphNode, MapSize> SizesFor(int width, int height)
    {
        var sizes = Graph.SizesUpTo(CoarseNode, width, height);
        return node => new MapSize(sizes[node].Width, sizes[node].Height);
    }

    /// <summary>Whether a part of a picture of this size has maps of sizes that fit together.</summary>
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

    /// <summary>Room for coarse scores, undefined inside its border; the caller disposes it.</summary>
    public ChannelMap BlankCoarse(MapSize size, ScratchMemory scratch) => Blank(Coarse, size, scratch);

    /// <summary>The coarse scores of a part of a picture. The caller disposes them.</summary>
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

    /// <summary>The most that maps and transformed filters take at once.</summary>
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
/// <param name="node">The operation whose size and channels it has.</param>
internal sealed class PlannedMap(GraphNode node)
{
    public GraphNode Node => node;

    /// <summary>Zero cells around it.</summary>
    public MapBorder Border { get; private set; }

    /// <summary>Cells behind its last row that may be read.</summary>
    public int Slack { get; private set; } = GemmKernel.Rows;

    /// <summary>Makes room for what reads it.</summary>
    public void Needs(MapBorder border, int slack) => (Border, Slack) = (Border.Or(border), Math.Max(Slack, slack));

    public long Floats(Func<GraphNode, MapSize> sizeOf) =>
        ChannelMap.FloatsOf(sizeOf(node).Height, sizeOf(node).Width, node.Channels, Border);
}

/// <summary>A layer with the maps that it reads and writes.</summary>
/// <param name="Layer">What is computed.</param>
/// <param name="Inputs">What it reads; empty where it reads the picture.</param>
/// <param name="Output">What it writes, or adds to if an earlier step wrote it.</param>
internal sealed record PlanStep(Layer Layer, ImmutableArray<PlannedMap> Inputs, PlannedMap Output)
{
    public IEnumerable<PlannedMap> Maps => Inputs.Append(Output);
}
