using System.Collections.Immutable;
using System.Diagnostics;
using FcnSharp.Engine.Kernels;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// Selects a kernel for every operation of a graph, and fuses operations that one kernel computes together: convolutions with the pool,
/// the sum or the crop that follows, sums with the upsampling before them, and the two convolutions around the largest maps.
/// </summary>
internal sealed class PlanCompiler
{
    /// <summary>Maps of at most this stride, in pixels, are computed in strips if a pooled convolution reads them.</summary>
    private const double LargestStripStride = 2;

    private readonly NetworkGraph graph;
    private readonly Func<string, NamedTensor> tensors;
    private readonly Normalization normalization;
    private readonly KernelSet kernels;
    private readonly HashSet<GraphNode> needed;
    private readonly ILookup<GraphNode, GraphNode> readers;
    private readonly RowSource last;
    private readonly GraphNode coarse;

    private readonly Dictionary<GraphNode, PlannedMap> maps = [];

    /// <summary>Operations whose outputs earlier steps compute.</summary>
    private readonly HashSet<GraphNode> done = [];
    private readonly List<PlanStep> steps = [];

    private PlanCompiler(NetworkGraph graph, Func<string, NamedTensor> tensors, Normalization normalization, KernelSet kernels)
    {
        (this.graph, this.tensors, this.normalization, this.kernels) = (graph, tensors, normalization, kernels);
        (last, coarse) = LastOperation();
        needed = Needed(coarse);
        readers = graph.Nodes.Where(needed.Contains)
            .SelectMany(node => Read(node).Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node);
        foreach (var node in graph.Nodes.Where(needed.Contains))
        {
            Plan(node);
        }
    }

    /// <param name="graph">A network without normalisation layers.</param>
    /// <param name="tensors">Its tensors by name.</param>
    /// <param name="normalization">The normalisation of the input.</param>
    /// <param name="kernels">The kernels to use.</param>
    /// <exception cref="ArgumentException">The graph pads the picture, but also uses the unpadded picture or its size.</exception>
    public static EnginePlan Compile(
        NetworkGraph graph, Func<string, NamedTensor> tensors, Normalization normalization, KernelSet kernels)
    {
        var compiler = new PlanCompiler(graph, tensors, normalization, kernels);
        var result = compiler.MapOf(compiler.coarse);
        compiler.JoinStrips();
        return new EnginePlan(graph, [.. compiler.steps], compiler.coarse, result, compiler.last, compiler.SizeMultiple());
    }

    /// <summary>Inputs whose values an operation reads; of the others it uses only the size.</summary>
    private static ImmutableArray<GraphNode> Read(GraphNode node) => node is CropNode or ResizeNode ? [node.Inputs[0]] : node.Inputs;

    private static HashSet<GraphNode> Needed(GraphNode result)
    {
        var found = new HashSet<GraphNode> { result };
        var open = new Stack<GraphNode>([result]);
        while (open.TryPop(out var node))
        {
            foreach (var input in Read(node).Where(found.Add))
            {
                open.Push(input);
            }
        }

        return found;
    }

    private static bool IsPicture(GraphNode node) => node is ImageNode || (node is PadNode && node.Inputs[0] is ImageNode);

    /// <summary>The operation that computes the scores row by row, and its input.</summary>
    private (RowSource Last, GraphNode Coarse) LastOperation()
    {
        var (node, offset) = graph.Output is CropNode { Like: ImageNode } crop ? (crop.Input, crop.Offset) : (graph.Output, 0);
        return node switch
        {
            TransposedConvolutionNode upsampling => (new TransposedRows(upsampling, tensors, offset, kernels), upsampling.Input),
            ResizeNode { Like: ImageNode } resize when offset == 0 =>
                (new BilinearRows(resize.Name, resize.Channels, kernels), resize.Input),
            _ => (new CroppedRows(graph.Output.Name, node.Channels, offset, kernels), node),
        };
    }

    /// <summary>The only reader of a map; null if there are several, or if the map is the result.</summary>
    private GraphNode? SoleReader(GraphNode node) => node != coarse && readers[node].Take(2).ToArray() is [var reader] ? reader : null;

    private PlannedMap MapOf(GraphNode node)
    {
        if (!maps.TryGetValue(node, out var map))
        {
            maps.Add(node, map = new PlannedMap(node));
            if (IsPicture(node))
            {
                steps.Add(new PlanStep(new PictureLayer(node.Name, normalization), [], map));
            }
        }

        return map;
    }

    private void Add(Layer layer, GraphNode result, params ReadOnlySpan<GraphNode> inputs)
    {
        PlannedMap[] read = [.. inputs.ToArray().Select(MapOf)];
        foreach (var map in read)
        {
            map.Needs(layer.InputBorder, layer.InputSlack);
        }

        steps.Add(new PlanStep(layer, [.. read], MapOf(result)));
    }

    private void Plan(GraphNode node)
    {
        if (IsPicture(node) || done.Contains(node))
        {
            return;
        }

        if (node is TransposedConvolutionNode later && IsAddedLater(later))
        {
            return;
        }

        done.Add(node);
        switch (node)
        {
            case ConvolutionNode convolution:
                PlanConvolution(convolution);
                break;
            case TransposedConvolutionNode upsampling:
                Add(new RowsLayer(new TransposedRows(upsampling, tensors, offset: 0, kernels), default), node, upsampling.Input);
                break;
            case ResizeNode resize:
                Add(new RowsLayer(new BilinearRows(resize.Name, resize.Channels, kernels), default), node, resize.Input);
                break;
            case MaxPoolNode pool:
                Add(new MaxPoolLayer(pool, kernels), node, pool.Input);
                break;
            case AddNode sum when Upsampled(sum) is { } upsampling:
                var finishing = new Finishing(sum.Relu, Adds: true);
                done.Add(upsampling);
                maps[sum] = MapOf(sum.OtherThan(upsampling));
                Add(new RowsLayer(new TransposedRows(upsampling, tensors, offset: 0, kernels), finishing), sum, upsampling.Input);
                break;
            case ScaleNode scale when IsFolded(scale):
                break;
            case AddNode or ScaleNode or CropNode or PadNode:
                Add(new CellwiseLayer(node, kernels), node, Read(node).AsSpan());
                break;
            default:
                throw new UnreachableException($"{node.Name}: no layer computes a {node.Description}.");
        }
    }

    private void PlanConvolution(ConvolutionNode node)
    {
        var next = SoleReader(node);
        if (IsPicture(node.Input) && FirstLayer.Takes(node))
        {
            steps.Add(new PlanStep(new FirstLayer(node, tensors, normalization, kernels), [], MapOf(node)));
        }
        else if (next is AddNode sum && !node.Relu && IsLastToRead(sum, node))
        {
            // The sum is computed in place, in the other map.
            maps[sum] = MapOf(sum.OtherThan(node));
            done.Add(sum);
            Add(LayerOf(node, pools: false, offset: 0, new Finishing(sum.Relu, Adds: true)), sum, InputOf(node));
        }
        else if (WinogradLayer.Takes(node) && node.Dilation == 1 && next is MaxPoolNode { Kernel: 2, Stride: 2, Padding: 0, Ceil: true })
        {
            done.Add(next);
            Add(LayerOf(node, pools: true, offset: 0, new Finishing(node.Relu, Adds: false)), next, InputOf(node));
        }
        else if (!WinogradLayer.Takes(node) && next is CropNode crop)
        {
            done.Add(crop);
            Add(LayerOf(node, pools: false, crop.Offset, new Finishing(node.Relu, Adds: false)), crop, InputOf(node));
        }
        else
        {
            Add(LayerOf(node, pools: false, offset: 0, new Finishing(node.Relu, Adds: false)), node, InputOf(node));
        }
    }

    private Layer LayerOf(ConvolutionNode node, bool pools, int offset, Finishing finishing) =>
        WinogradLayer.Takes(node)
            ? new WinogradLayer(node, tensors, pools, finishing, kernels)
            : new DenseLayer(
                node, tensors, offset, node.Input is ScaleNode scale && IsFolded(scale) ? scale.Factor : 1, finishing, kernels);

    private GraphNode InputOf(ConvolutionNode node) =>
        node.Input is ScaleNode scale && IsFolded(scale) ? scale.Inputs[0] : node.Input;

    /// <summary>Whether a factor is folded into the weights of all its readers.</summary>
    private bool IsFolded(ScaleNode scale) =>
        scale != coarse && !IsPicture(scale.Inputs[0])
        && readers[scale].All(node => node is ConvolutionNode reader && !WinogradLayer.Takes(reader));

    /// <summary>Whether a sum's other map is already computed and not read later, so that a convolution can be added to it in
    /// place.</summary>
    private bool IsLastToRead(AddNode sum, ConvolutionNode convolution)
    {
        var other = sum.OtherThan(convolution);
        return other != coarse && other != InputOf(convolution) && maps.ContainsKey(other) && !IsPicture(other)
            && ReadersOf(other).All(reader => reader == sum || done.Contains(reader));
    }

    /// <summary>The operations that read a map's values, directly or through factors that are folded into their weights.</summary>
    private IEnumerable<GraphNode> ReadersOf(GraphNode node) =>
        readers[node].SelectMany(reader => reader is ScaleNode scale && IsFolded(scale) ? readers[scale] : [reader]);

    /// <summary>Whether an upsampling is computed together with its sum, in place in the other map.</summary>
    private bool IsAddedLater(TransposedConvolutionNode node) => SoleReader(node) is AddNode sum && Upsampled(sum) == node;

    /// <summary>The upsampling operand of a sum whose other operand has no other reader; the second one if both are.</summary>
    private TransposedConvolutionNode? Upsampled(AddNode sum) =>
        sum.Inputs.OfType<TransposedConvolutionNode>().LastOrDefault(node =>
            SoleReader(node) == sum && SoleReader(sum.OtherThan(node)) == sum && !IsPicture(sum.OtherThan(node)));

    /// <summary>Joins a pooled convolution with the layer before it, if the map between them is large and has no other
    /// reader.</summary>
    private void JoinStrips()
    {
        for (var i = 0; i + 1 < steps.Count; i++)
        {
            var (first, second) = (steps[i], steps[i + 1]);
            if (first.Layer is RowLayer { IsPlain: true } row && second.Layer is WinogradLayer { Pools: true } pooled
                && second.Inputs is [var between] && between == first.Output && SoleReader(between.Node) is not null
                && graph.GridOf(between.Node).Stride <= LargestStripStride)
            {
                steps[i] = new PlanStep(new StripLayers(row, pooled, between.Node), first.Inputs, second.Output);
                steps.RemoveAt(i + 1);
            }
        }
    }

    /// <exception cref="ArgumentException">The picture is padded, but the unpadded picture or its size is also used.</exception>
    private int SizeMultiple()
    {
        if (readers[graph.Image].OfType<PadNode>().FirstOrDefault() is not { } padded)
        {
            return 1;
        }

        if (SoleReader(graph.Image) != padded)
        {
            throw new ArgumentException(
                $"{padded.Name} pads the picture, but other operations read the unpadded picture. Pad it once, for all of them.");
        }

        return needed.FirstOrDefault(node => node is CropNode { Like: ImageNode } or ResizeNode { Like: ImageNode }) is not { } sized
            ? padded.Multiple
            : throw new ArgumentException($"{sized.Name} uses the size of the unpadded picture, but {padded.Name} pads it. " +
                $"Use the size of {padded.Name}, and crop the scores.");
    }
}
