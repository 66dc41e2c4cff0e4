using FcnSharp.Engine;
using FcnSharp.Engine.Cpu;
using FcnSharp.Engine.Kernels;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Benchmarks;

/// <summary>Creates single parts of the engine, and their inputs, for the benchmarks. No other class depends on how the engine combines
/// them.</summary>
internal static unsafe class EngineParts
{
    private static readonly KernelSet Kernels = KernelSet.Fastest;
    private static readonly List<AlignedBuffer> Kept = [];
    private static readonly RgbImage NoPicture = new(new byte[3], 1, 1);
    private static readonly Finishing Rectified = new(Rectifies: true, Adds: false);

    /// <summary>Number of cells per call of the inner loop.</summary>
    public static int ProductRows => GemmKernel.Rows;

    /// <summary>Number of output channels per call of the inner loop.</summary>
    public static int ProductColumns => Kernels.PanelWidth;

    public static ScratchMemory Scratch { get; } = new(length: 1 << 26);

    /// <summary>One thread: kernels are compared, not schedules.</summary>
    private static Workers OneThread { get; } = new(threads: 1, Scratch, CancellationToken.None);

    /// <summary>The inner loop: (rows, depth) cells times one panel of (depth, columns) weights.</summary>
    public static void Product(float* cells, float* panel, float* result, int depth) =>
        Kernels.Multiply(cells, panel, result, new ProductShape(depth, depth, ProductColumns), ahead: panel);

    public static FirstLayer First(FcnNetwork network) =>
        new((ConvolutionNode)network.Graph["conv1.0"], name => network[name], network.Card.Normalization!, Kernels);

    /// <summary>A 3x3 layer without pooling: the second stage's first.</summary>
    public static WinogradLayer Winograd(FcnNetwork network) =>
        new((ConvolutionNode)network.Graph["conv2.0"], name => network[name], pools: false, Rectified, Kernels);

    /// <summary>The same layer without Winograd's algorithm.</summary>
    public static DenseLayer Direct(FcnNetwork network) =>
        new((ConvolutionNode)network.Graph["conv2.0"], name => network[name], offset: 0, scale: 1, Rectified, Kernels);

    public static TransposedRows LastUpsampler(FcnNetwork network) =>
        new(network.Graph.Upsamplers.Last(), name => network[name], offset: 0, Kernels);

    /// <summary>Computes a layer.</summary>
    public static void Run(Layer layer, ChannelMap output, params IReadOnlyList<ChannelMap> inputs) =>
        layer.Run(new LayerCall(NoPicture, default, inputs, output, OneThread));

    /// <summary>Computes a layer whose input is a whole picture.</summary>
    public static void Run(Layer layer, ChannelMap output, RgbImage picture) =>
        layer.Run(new LayerCall(picture, new PictureWindow(0, 0, picture.Width, picture.Height), [], output, OneThread));

    /// <summary>Computes labels from scores, whose upsampled rows it computes itself.</summary>
    public static RowClassifier Classifier(TransposedRows rows, ChannelMap coarse, int side)
    {
        var length = rows.RowLength(coarse, side);
        var source = new ScoreRows(rows.Over(coarse, side, side), length, Noise(2 * length).Pointer);
        var same = new BilinearAxis(side, side);
        return new RowClassifier(
            source, same, same, rows.Channels, rows.CellStride, side, Noise(length + rows.CellStride).Pointer, Kernels);
    }

    /// <summary>A network whose stages all have the same number of channels.</summary>
    public static FcnNetwork Network(int channels) => BenchmarkModel.Filled(new VggWidths
    {
        Stage1 = channels, Stage2 = channels, Stage3 = channels, Stage4 = channels, Stage5 = channels, Head = channels,
    });

    /// <summary>A map of random numbers from 0 to 1, with a zero border that is wide enough for every layer.</summary>
    public static ChannelMap Noise(int side, int channels)
    {
        var map = new ChannelMap(Scratch, side, side, channels, new MapBorder(WinogradTransforms.Output, WinogradTransforms.Output));
        for (var y = 0; y < side; y++)
        {
            Fill(new Span<float>(map.Cell(y, 0), side * map.Stride));
        }

        return map;
    }

    /// <summary>Native memory with random numbers from 0 to 1, which is never freed.</summary>
    public static AlignedBuffer Noise(int length)
    {
        var buffer = new AlignedBuffer(length);
        Fill(buffer.Values);
        Kept.Add(buffer);
        return buffer;
    }

    private static void Fill(Span<float> values)
    {
        var random = new Random(1);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle();
        }
    }
}
