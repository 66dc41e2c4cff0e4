using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Networks.Graphs;

/// <summary>A network as operations from a picture to class scores at the picture's size. Immutable and thread-safe.</summary>
/// <remarks>
/// State dicts, batch-norm folding, exports and engines are derived from the graph, so that a network is described once. Operations are in
/// topological order: every operation follows its inputs.
/// </remarks>
public sealed class NetworkGraph
{
    private readonly FrozenDictionary<GraphNode, CellGrid> grids;

    /// <summary>Collects the operations that an output depends on.</summary>
    /// <param name="output">The class scores.</param>
    /// <exception cref="ArgumentException">
    /// There is not exactly one picture, two operations have the same name, two maps of different strides are added, or the stride of the
    /// output is not 1.
    /// </exception>
    public NetworkGraph(GraphNode output)
    {
        ArgumentNullException.ThrowIfNull(output);
        (Output, Nodes) = (output, InOrder(output));
        Image = Nodes.OfType<ImageNode>().ToArray() is [var image]
            ? image
            : throw new ArgumentException("A graph reads one picture. Begin with one ImageNode and use it wherever the picture is read.");
        if (Nodes.CountBy(node => node.Name).FirstOrDefault(count => count.Value > 1) is { Key: { } name })
        {
            throw new ArgumentException($"Two operations are called {name}. Give each a unique name.", nameof(output));
        }

        var found = new Dictionary<GraphNode, CellGrid>();
        foreach (var node in Nodes)
        {
            found[node] = node.Grid(input => found[input]);
            if (node is AddNode && node.Inputs.Any(input => found[input].Stride != found[node].Stride))
            {
                throw new ArgumentException(Guard.Text($"{node.Name} adds maps of stride {found[node.Inputs[0]].Stride} and " +
                    $"{found[node.Inputs[1]].Stride}. Bring one to the stride of the other."), nameof(output));
            }
        }

        grids = found.ToFrozenDictionary();
        if (grids[output].Stride != 1)
        {
            throw new ArgumentException(Guard.Text(
                $"The output, {output.Name}, has stride {grids[output].Stride}, but there must be scores for every pixel. Upsample it."),
                nameof(output));
        }
    }

    /// <summary>The picture.</summary>
    public ImageNode Image { get; }

    /// <summary>The class scores.</summary>
    public GraphNode Output { get; }

    /// <summary>Every operation, each after its inputs; the first is the picture, the last the scores.</summary>
    public ImmutableArray<GraphNode> Nodes { get; }

    /// <summary>The operation of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public GraphNode this[string name] =>
        Nodes.FirstOrDefault(node => node.Name == name) ?? throw new KeyNotFoundException($"The network has no operation {name}.");

    /// <summary>The score layers: convolutions whose outputs reach the scores without another convolution.</summary>
    public IEnumerable<ConvolutionNode> LastConvolutions
    {
        get
        {
            var reached = new HashSet<GraphNode> { Output };
            var last = new Stack<ConvolutionNode>();
            foreach (var node in Nodes.Reverse().Where(reached.Contains))
            {
                if (node is ConvolutionNode convolution)
                {
                    last.Push(convolution);
                }
                else
                {
                    reached.UnionWith(node is CropNode or ResizeNode ? [node.Inputs[0]] : node.Inputs);
                }
            }

            return last;
        }
    }

    /// <summary>The transposed convolutions, in order.</summary>
    public IEnumerable<TransposedConvolutionNode> Upsamplers => Nodes.OfType<TransposedConvolutionNode>();

    /// <summary>The tensors of the network in the order of a state dict: convolutions with their norms, then upsamplers.</summary>
    public IEnumerable<TensorSpec> Tensors =>
        Nodes.Where(node => node is not TransposedConvolutionNode).Concat(Upsamplers).SelectMany(node => node.Tensors);

    /// <summary>The positions and the receptive fields of the cells of an operation's map, the same for both axes.</summary>
    /// <exception cref="KeyNotFoundException"><paramref name="node"/> belongs to another graph.</exception>
    public CellGrid GridOf(GraphNode node) => grids[node];

    /// <summary>Height and width of every map for a picture.</summary>
    /// <param name="width">Columns of the picture, in pixels; at least 1.</param>
    /// <param name="height">Rows of the picture, in pixels; at least 1.</param>
    /// <exception cref="ArgumentException">
    /// A map would be empty, two maps that are added differ in size, a map is cropped to a larger one, or the output does not have the size
    /// of the picture.
    /// </exception>
    public IReadOnlyDictionary<GraphNode, (int Width, int Height)> SizesFor(int width, int height)
    {
        Guard.PictureSize(width, height);
        var sizes = SizesUpTo(Output, width, height);
        return sizes[Output] == (width, height)
            ? sizes
            : throw new ArgumentException($"A picture of {width}x{height} pixels gets {Output.Name} for " +
                $"{sizes[Output].Width}x{sizes[Output].Height}. Crop or resize it to the size of the picture.");
    }

    /// <summary>The operations as lines of text: name, description, channels, stride and inputs.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var node in Nodes)
        {
            text.Append(Guard.Text($"{node.Name}: {node.Description}, {node.Channels} channels, stride {GridOf(node).Stride}"))
                .Append(node.Inputs.IsEmpty ? "" : $" <- {string.Join(", ", node.Inputs.Select(input => input.Name))}").Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Height and width of the maps from the picture to that of an operation, in order.</summary>
    internal Dictionary<GraphNode, (int Width, int Height)> SizesUpTo(GraphNode last, int width, int height)
    {
        var sizes = new Dictionary<GraphNode, (int Width, int Height)> { [Image] = (width, height) };
        foreach (var node in Nodes.Take(Nodes.IndexOf(last) + 1))
        {
            sizes[node] = (Checked(node.OutputSize(input => sizes[input].Width)), Checked(node.OutputSize(input => sizes[input].Height)));

            int Checked(long size) => size is >= 1 and <= int.MaxValue
                ? (int)size
                : throw new ArgumentException(
                    $"A picture of {width}x{height} pixels gives {node.Name} {size} cells along one axis. Use another size.");
        }

        return sizes;
    }

    /// <summary>The same network with some operations replaced.</summary>
    /// <param name="change">Returns the replacement of an operation, which reads the given new inputs.</param>
    internal NetworkGraph Changed(Func<GraphNode, GraphNode[], GraphNode> change)
    {
        var changed = new Dictionary<GraphNode, GraphNode>();
        foreach (var node in Nodes)
        {
            changed[node] = change(node, [.. node.Inputs.Select(input => changed[input])]);
        }

        return new NetworkGraph(changed[Output]);
    }

    /// <summary>Depth-first search without recursion: a graph from a file may be a long chain.</summary>
    private static ImmutableArray<GraphNode> InOrder(GraphNode output)
    {
        var ordered = ImmutableArray.CreateBuilder<GraphNode>();
        var done = new HashSet<GraphNode>();
        var open = new Stack<(GraphNode Node, int Next)>([(output, 0)]);
        while (open.TryPop(out var at))
        {
            if (at.Next < at.Node.Inputs.Length)
            {
                open.Push((at.Node, at.Next + 1));
                if (!done.Contains(at.Node.Inputs[at.Next]))
                {
                    open.Push((at.Node.Inputs[at.Next], 0));
                }
            }
            else if (done.Add(at.Node))
            {
                ordered.Add(at.Node);
            }
        }

        return ordered.ToImmutable();
    }
}
