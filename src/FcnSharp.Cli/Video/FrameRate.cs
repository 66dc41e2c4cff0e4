using System.Globalization;

namespace FcnSharp.Cli.Video;

/// <summary>Frames in a number of seconds, as ffmpeg writes it: <c>30000/1001</c>.</summary>
internal readonly record struct FrameRate(long Frames, long Seconds)
{
    private const int Thousand = 1000;

    /// <summary>Frames in one second.</summary>
    public double PerSecond => (double)Frames / Seconds;

    /// <summary>The rate of a text; null where it tells none, as <c>0/0</c>.</summary>
    public static FrameRate? Parse(string? text) =>
        text?.Split('/') is [var frames, var seconds]
            && long.TryParse(frames, CultureInfo.InvariantCulture, out var dividend) && dividend > 0
            && long.TryParse(seconds, CultureInfo.InvariantCulture, out var divisor) && divisor > 0
            ? new FrameRate(dividend, divisor)
            : null;

    /// <summary>So many frames in one second, to a thousandth.</summary>
    public static FrameRate Of(double perSecond) => new(Math.Max(1, (long)Math.Round(perSecond * Thousand)), Thousand);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Frames}/{Seconds}");
}
