using FcnSharp.Engine;
using FcnSharp.Engine.Fused;
using FcnSharp.Networks;

namespace FcnSharp.Benchmarks;

/// <summary>Single parts of the engine and what they work on. The one place that knows how the engine puts them together.</summary>
internal static unsafe class EngineParts
{
    private static readonly KernelSet Kernels = KernelSet.Fastest;
    private static readonly List<AlignedBuffer> Kept = [];

    /// <summary>Cells that the inner loop takes at once.</summary>
    public static int ProductRows => GemmKernel.Rows;

    /// <summary>Channels that it gives at once.</summary>
    public static int ProductColumns => Kernels.PanelWidth;

    public static ScratchMemory Scratch { get; } = new(length: 1 << 26);

    /// <summary>One thread: kernels are compared, not schedules.</summary>
    public static Workers OneThread { get; } = new(threads: 1, CancellationToken.None);

    /// <summary>The inner loop: (rows, depth) cells times one panel of (depth, columns) weights.</summary>
    public static void Product(float* cells, float* panel, float* result, int depth) =>
        Kernels.Multiply(cells, panel, result, new ProductShape(depth, depth, ProductColumns), ahead: panel);

    public static FirstLayer First(FcnNetwork network) =>
        new(network, new FcnArchitecture(network.Options).Stages[0][0], network.Card.Normalization!, Kernels);

    /// <summary>A 3x3 layer without pool.</summary>
    public static WinogradLayer Winograd(FcnNetwork network, ConvolutionSpec layer) => new(network, layer, pool: false, Kernels);

    /// <summary>The same without Winograd's trick. Its padding is the border of its input.</summary>
    public static DenseLayer Direct(FcnNetwork network, ConvolutionSpec layer) =>
        new(network, layer, rectify: true, offset: -layer.Padding, scale: 1, Kernels);

    public static UpsamplingLayer LastUpsampler(FcnNetwork network) =>
        new(network, new FcnArchitecture(network.Options).Upsamplers.Last(), offset: 0, Kernels);

    /// <summary>Labels at the size of the scores, whose rows it computes itself.</summary>
    public static RowClassifier Classifier(UpsamplingLayer layer, ChannelMap coarse, int side)
    {
        var source = new ScoreRows(layer, coarse, side, Noise((int)ScoreRows.FloatsFor(layer, side)).Pointer);
        var same = new BilinearAxis(side, side);
        return new RowClassifier(
            source, same, same, layer.Channels, layer.RowCellStride, side, Noise(layer.RowLength(side)).Pointer, Kernels);
    }

    /// <summary>A network whose stages all have as many channels.</summary>
    public static FcnNetwork Network(int channels) => BenchmarkModel.Filled(new VggWidths
    {
        Stage1 = channels, Stage2 = channels, Stage3 = channels, Stage4 = channels, Stage5 = channels, Head = channels,
    });

    /// <summary>Numbers from 0 to 1, behind a border of zeros that is wide enough for every layer.</summary>
    public static ChannelMap Noise(int side, int channels)
    {
        var map = new ChannelMap(Scratch, side, side, channels, WinogradTransforms.Output);
        for (var y = 0; y < side; y++)
        {
            Fill(new Span<float>(map.Cell(y, 0), side * map.Stride));
        }

        return map;
    }

    /// <summary>Numbers from 0 to 1, which live as long as the program.</summary>
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
