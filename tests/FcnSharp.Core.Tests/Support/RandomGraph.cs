using FcnSharp.Networks.Graphs;

namespace FcnSharp.Tests.Support;

/// <summary>Graphs of every kind of operation, drawn from a seed: for pictures of one size, with up to 20 channels.</summary>
internal sealed class RandomGraph
{
    private readonly Random random;
    private readonly int width;
    private readonly int height;
    private readonly bool resizes;
    private readonly ImageNode image = new();
    private readonly List<GraphNode> nodes = [];
    private readonly Dictionary<GraphNode, (long Width, long Height, CellGrid Grid)> known = [];

    private RandomGraph(int seed, int width, int height, bool resizes)
    {
        (random, this.width, this.height, this.resizes) = (new Random(seed), width, height, resizes);
        known[image] = (width, height, CellGrid.Picture);
    }

    /// <summary>A graph.</summary>
    /// <param name="seed">The seed; the same seed gives the same graph.</param>
    /// <param name="width">Columns of the pictures.</param>
    /// <param name="height">Rows of the pictures.</param>
    /// <param name="resizes">Whether the graph may resize maps.</param>
    public static NetworkGraph Of(int seed, int width, int height, bool resizes = true) =>
        new RandomGraph(seed, width, height, resizes).Draw();

    private NetworkGraph Draw()
    {
        var begin = Keep(random.Next(2) == 0 ? image : new PadNode("padded", image, Any(1, 2, 6, 8)))!;
        for (var left = random.Next(3, 12); left > 0; left--)
        {
            Grow(random.Next(3) > 0 ? nodes[^1] : nodes[random.Next(nodes.Count)]);
        }

        return new NetworkGraph(Scores(nodes[^1] == begin ? begin : nodes[random.Next(1, nodes.Count)]));
    }

    private string Name(string kind) => $"{kind}{known.Count}";

    private T Any<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private bool Chance() => random.Next(2) == 0;

    /// <summary>Adds an operation to the graph if its map is neither empty nor large.</summary>
    private GraphNode? Keep(GraphNode node)
    {
        if (node != image)
        {
            var (w, h) = (node.OutputSize(input => known[input].Width), node.OutputSize(input => known[input].Height));
            if (w < 1 || h < 1 || w > (2 * width) + 8 || h > (2 * height) + 8)
            {
                return null;
            }

            known[node] = (w, h, node.Grid(input => known[input].Grid));
        }

        nodes.Add(node);
        return node;
    }

    private void Grow(GraphNode input)
    {
        switch (random.Next(10))
        {
            case 0 or 1:
                Keep(Convolution(input, random.Next(1, 21), Any(1, 2, 3, 3, 3, 5), Any(1, 1, 1, 2, 3), Any(1, 1, 1, 2, 3, 4), Chance()));
                break;
            case 2:
                var convolution = Keep(Convolution(input, random.Next(1, 21), kernel: 3, stride: 1, dilation: 1, same: true));
                Keep(new MaxPoolNode(Name("pool"), convolution!, kernel: 2, stride: 2) { Ceil = true });
                break;
            case 3:
                var kernel = random.Next(1, 4);
                Keep(new MaxPoolNode(Name("pool"), input, kernel, random.Next(1, 4))
                {
                    Padding = random.Next((kernel / 2) + 1), Ceil = Chance(),
                });
                break;
            case 4:
                Keep(new ScaleNode(Name("scaled"), input, Any(0.5f, -2f, 1.5f)));
                break;
            case 5:
                Keep(new PadNode(Name("padded"), input, random.Next(1, 5)));
                break;
            case 6:
                AddBranch(input);
                break;
            case 7:
                AddUpsampled(input);
                break;
            case 8:
                Keep(Upsampling(input, random.Next(1, 21), random.Next(1, 6), random.Next(1, 4), padding: random.Next(2)));
                break;
            default:
                TakeSizeOfAnother(input);
                break;
        }
    }

    private ConvolutionNode Convolution(GraphNode input, int channels, int kernel, int stride, int dilation, bool same)
    {
        var name = Name("conv");
        return new ConvolutionNode(name, input, channels, kernel)
        {
            Stride = stride,
            Dilation = dilation,
            Padding = same ? dilation * (kernel - 1) / 2 : random.Next(3),
            HasBias = Chance(),
            Norm = random.Next(3) == 0 ? $"{name}.bn" : null,
            Relu = Chance(),
        };
    }

    private TransposedConvolutionNode Upsampling(GraphNode input, int channels, int kernel, int stride, int padding) =>
        new(Name("up"), input, channels, kernel, stride) { Padding = Math.Min(padding, (kernel - 1) / 2), HasBias = Chance() };

    /// <summary>A map, or a factor of it, plus a convolution of it or of another one of the same size; or plus itself.</summary>
    private void AddBranch(GraphNode input)
    {
        var others = nodes.Where(node => SameCells(node, input)).ToList();
        var from = others[random.Next(others.Count)];
        if (Chance())
        {
            from = Keep(new ScaleNode(Name("scaled"), from, 0.5f))!;
        }

        var branch = random.Next(8) == 0
            ? input
            : Keep(Convolution(from, input.Channels, Any(1, 1, 3), stride: 1, Any(1, 2), same: true))!;
        Keep(Sum(input, branch));
    }

    /// <summary>A map plus an upsampled map of half its size, cropped if it is larger.</summary>
    private void AddUpsampled(GraphNode input)
    {
        var half = Keep(Convolution(input, random.Next(1, 10), kernel: 3, stride: 2, dilation: 1, same: true));
        var upsampled = half is null ? null : Keep(Upsampling(half, input.Channels, Any(2, 4), stride: 2, padding: 1));
        if (upsampled is null || known[upsampled].Width < known[input].Width || known[upsampled].Height < known[input].Height)
        {
            return;
        }

        Keep(Sum(SameCells(upsampled, input) ? upsampled : Keep(new CropNode(Name("cropped"), upsampled, offset: 0, input))!, input));
    }

    private AddNode Sum(GraphNode first, GraphNode second)
    {
        var (one, other) = Chance() ? (first, second) : (second, first);
        return new AddNode(Name("sum"), one, other) { Relu = Chance() };
    }

    private void TakeSizeOfAnother(GraphNode input)
    {
        var other = nodes[random.Next(nodes.Count)];
        var room = Math.Min(known[input].Width - known[other].Width, known[input].Height - known[other].Height);
        if (other is ImageNode || other == input)
        {
            return;
        }

        if (room >= 0)
        {
            Keep(new CropNode(Name("cropped"), input, random.Next((int)Math.Min(room, 3) + 1), other));
        }
        else if (resizes)
        {
            Keep(new ResizeNode(Name("resized"), input, other));
        }
    }

    private bool SameCells(GraphNode one, GraphNode other) =>
        (known[one].Width, known[one].Height) == (known[other].Width, known[other].Height)
        && known[one].Grid.Stride == known[other].Grid.Stride;

    /// <summary>Scores at the picture's size: upsampled, resized, cropped, or as they are.</summary>
    private GraphNode Scores(GraphNode features)
    {
        var classes = random.Next(2, 6);
        var scores = random.Next(4) == 0 && features.Channels is >= 2 and <= 20
            ? features
            : Keep(Convolution(features, classes, Any(1, 3), stride: 1, dilation: 1, same: true))!;
        var (w, h, grid) = known[scores];
        if (grid.Stride == 1 && (w, h) == (width, height) && Chance())
        {
            return scores;
        }

        if (grid.Stride == 1 && w >= width && h >= height && Chance())
        {
            return Cropped(scores);
        }

        if (grid.Stride == Math.Floor(grid.Stride) && grid.Stride >= 1)
        {
            var stride = (int)grid.Stride;
            var channels = Chance() ? classes : scores.Channels;
            var upsampled = Upsampling(scores, channels, stride + random.Next(2 * stride), stride, random.Next(2));
            if (channels > 1 && Keep(upsampled) is not null && known[upsampled].Width >= width && known[upsampled].Height >= height)
            {
                return Cropped(upsampled);
            }
        }

        return new ResizeNode("resized", scores, image);

        CropNode Cropped(GraphNode map)
        {
            var room = Math.Min(known[map].Width - width, known[map].Height - height);
            return new CropNode("cropped", map, random.Next((int)Math.Min(room, 5) + 1), image);
        }
    }
}
