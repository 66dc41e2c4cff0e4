using FcnSharp.Engine.Cpu;
using FcnSharp.Imaging;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Tests.Support;

/// <summary>Maps between layers, filled by hash. The padding after the channels is NaN, so that a test fails if a layer reads it.</summary>
internal static unsafe class TestMaps
{
    /// <summary>One per thread, since scratch memory is not thread-safe.</summary>
    [ThreadStatic]
    private static ScratchMemory? scratch;

    public static ScratchMemory Scratch => scratch ??= new ScratchMemory(0);

    /// <summary>What a layer reads: an operation of some channels, whose map is made by <see cref="Filled"/>.</summary>
    public static GraphNode Input(int channels) => new ConvolutionNode("input", new ImageNode(), channels, kernel: 1);

    public static ChannelMap Filled(int height, int width, int channels, MapBorder border = default, int slack = 6, string name = "map")
    {
        var map = new ChannelMap(Scratch, height, width, channels, border, slack);
        var values = GoldenFill.Values(name, height * width * channels, 1);
        for (var cell = 0; cell < height * width; cell++)
        {
            var target = map.Cell(cell / width, cell % width);
            new Span<float>(target, map.Stride).Fill(float.NaN);
            values.AsSpan(cell * channels, channels).CopyTo(new Span<float>(target, channels));
        }

        return map;
    }

    /// <summary>The input of a layer, with the border that the layer needs.</summary>
    public static ChannelMap FilledFor(Layer layer, int height, int width, int channels, string name = "map") =>
        Filled(height, width, channels, layer.InputBorder, Math.Max(layer.InputSlack, 1), name);

    /// <summary>Computes a layer that reads maps.</summary>
    public static void Run(Layer layer, ChannelMap output, int threads, params ChannelMap[] inputs) =>
        Run(layer, output, threads, TestPictures.Noise(1, 1), default, inputs);

    /// <summary>Computes a layer.</summary>
    public static void Run(
        Layer layer, ChannelMap output, int threads, RgbImage picture, PictureWindow window, params ChannelMap[] inputs) =>
        layer.Run(new LayerCall(picture, window, inputs, output, new Workers(threads, Scratch, CancellationToken.None)));

    /// <summary>The values, (C, H, W).</summary>
    public static double[,,] Values(ChannelMap map) =>
        NaiveMaps.Of(map.Channels, map.Height, map.Width, (c, row, column) => map.Cell(row, column)[c]);

    /// <summary>Every value, and zeros in the border.</summary>
    public static void AssertEqual(double[,,] expected, ChannelMap actual, double tolerance = Closeness.BetweenEngines)
    {
        Assert.Equal(
            (expected.GetLength(0), expected.GetLength(1), expected.GetLength(2)), (actual.Channels, actual.Height, actual.Width));
        var (wanted, found) = (new List<float>(), new List<float>());
        for (var y = -actual.Border.Before; y < actual.Height + actual.Border.After; y++)
        {
            for (var x = -actual.Border.Before; x < actual.Width + actual.Border.After; x++)
            {
                var inside = (uint)y < (uint)actual.Height && (uint)x < (uint)actual.Width;
                for (var channel = 0; channel < actual.Channels; channel++)
                {
                    wanted.Add(inside ? (float)expected[channel, y, x] : 0);
                    found.Add(actual.Cell(y, x)[channel]);
                    Assert.True(float.IsFinite(found[^1]), $"{found[^1]} at row {y}, column {x}, channel {channel}");
                }
            }
        }

        Closeness.Assert(wanted.ToArray(), found.ToArray(), tolerance, $"{actual.Width}x{actual.Height}x{actual.Channels}");
    }

    public static double[] Bits(ChannelMap map) => [.. Values(map).Cast<double>()];
}
