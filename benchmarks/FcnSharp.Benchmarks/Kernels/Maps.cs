using FcnSharp.Engine;
using FcnSharp.Engine.Fused;
using FcnSharp.Networks;

namespace FcnSharp.Benchmarks.Kernels;

/// <summary>What the kernels work on.</summary>
internal static class Maps
{
    public static ScratchPool Pool { get; } = new(maxIdleFloats: 1 << 26);

    /// <summary>One thread: kernels are compared, not schedules.</summary>
    public static Workers OneThread { get; } = new(threads: 1, CancellationToken.None);

    /// <summary>Numbers from 0 to 1, behind a border of zeros that is wide enough for every layer.</summary>
    public static unsafe ChannelMap Noise(int side, int channels)
    {
        var map = new ChannelMap(Pool, side, side, channels, WinogradTransforms.Output);
        for (var y = 0; y < side; y++)
        {
            Fill(new Span<float>(map.Cell(y, 0), side * map.Stride));
        }

        return map;
    }

    public static AlignedBuffer Noise(int length)
    {
        var buffer = new AlignedBuffer(length);
        Fill(buffer.Values);
        return buffer;
    }

    /// <summary>A network whose stages all have as many channels.</summary>
    public static FcnNetwork Network(int channels) => BenchmarkModel.Filled(new VggWidths
    {
        Stage1 = channels, Stage2 = channels, Stage3 = channels, Stage4 = channels, Stage5 = channels, Head = channels,
    });

    private static void Fill(Span<float> values)
    {
        var random = new Random(1);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle();
        }
    }
}
