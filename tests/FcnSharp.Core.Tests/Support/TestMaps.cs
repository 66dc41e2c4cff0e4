using FcnSharp.Engine.Fused;

namespace FcnSharp.Tests.Support;

/// <summary>Maps between layers, filled by hash; what lies beyond their channels is not a number, so that nobody may use it.</summary>
internal static unsafe class TestMaps
{
    public static ScratchMemory Scratch { get; } = new(0);

    public static Workers Workers(int threads) => new(threads, CancellationToken.None);

    public static ChannelMap Filled(int height, int width, int channels, int border = 0)
    {
        var map = new ChannelMap(Scratch, height, width, channels, border);
        var values = GoldenFill.Values("map", height * width * channels, 1);
        for (var cell = 0; cell < height * width; cell++)
        {
            var target = map.Cell(cell / width, cell % width);
            new Span<float>(target, map.Stride).Fill(float.NaN);
            values.AsSpan(cell * channels, channels).CopyTo(new Span<float>(target, channels));
        }

        return map;
    }

    /// <summary>A value, and zero outside the map.</summary>
    public static double At(ChannelMap map, int y, int x, int channel) =>
        (uint)y < (uint)map.Height && (uint)x < (uint)map.Width ? map.Cell(y, x)[channel] : 0;

    /// <summary>Every value, and zeros in the border as far as layers look.</summary>
    public static void AssertEqual(Func<int, int, int, double> expected, ChannelMap actual)
    {
        var (wanted, found) = (new List<float>(), new List<float>());
        var before = Math.Min(actual.Border, 1);
        for (var y = -before; y < actual.Height + actual.Border; y++)
        {
            for (var x = -before; x < actual.Width + actual.RightBorder; x++)
            {
                var inside = (uint)y < (uint)actual.Height && (uint)x < (uint)actual.Width;
                for (var channel = 0; channel < actual.Channels; channel++)
                {
                    wanted.Add(inside ? (float)expected(y, x, channel) : 0);
                    found.Add(actual.Cell(y, x)[channel]);
                    Assert.True(float.IsFinite(found[^1]), $"{found[^1]} at row {y}, column {x}, channel {channel}");
                }
            }
        }

        Closeness.Assert(
            wanted.ToArray(), found.ToArray(), Closeness.BetweenEngines, $"{actual.Width}x{actual.Height}x{actual.Channels}");
    }

    public static float[] Bits(ChannelMap map) =>
        [.. from y in Enumerable.Range(0, map.Height) from x in Enumerable.Range(0, map.Width) from c in Enumerable.Range(
            0, map.Channels) select map.Cell(y, x)[c]];
}
