using System.Diagnostics;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Bench;

/// <summary>Times a predictor on pictures of noise; the contents of a picture do not affect the time.</summary>
internal sealed class PredictorTimer(FcnPredictor predictor)
{
    private const int MostRounds = 20;

    private static readonly (int Width, int Height)[] Sizes = [(320, 240), (640, 480), (1280, 960), (1920, 1080)];

    /// <summary>Time limit for one size after its first picture.</summary>
    private static readonly TimeSpan TimeForSize = TimeSpan.FromSeconds(3);

    /// <summary>No further size is started after this time, so that the command also ends soon on a slow machine.</summary>
    private static readonly TimeSpan TimeForAll = TimeSpan.FromSeconds(15);

    /// <summary>Times the sizes, smallest first: all of them if the machine is fast enough.</summary>
    public IEnumerable<SizeTiming> Run(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        return Sizes.TakeWhile(_ => clock.Elapsed < TimeForAll).Select(size => Time(size.Width, size.Height, cancellationToken));
    }

    public static int SizesCount => Sizes.Length;

    private SizeTiming Time(int width, int height, CancellationToken cancellationToken)
    {
        var picture = Noise(width, height);
        predictor.Segment(picture, cancellationToken);

        var seconds = new List<double>();
        var clock = Stopwatch.StartNew();
        while (seconds.Count == 0 || (seconds.Count < MostRounds && clock.Elapsed < TimeForSize))
        {
            var started = Stopwatch.GetTimestamp();
            predictor.Segment(picture, cancellationToken);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        seconds.Sort();
        return new SizeTiming(width, height, Math.Round(seconds[seconds.Count / 2], 4), Math.Round(seconds[0], 4), seconds.Count);
    }

    private static RgbImage Noise(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        new Random(Seed: 1).NextBytes(pixels);
        return new RgbImage(pixels, width, height);
    }
}
