using System.Globalization;

namespace FcnSharp.Cli.Video;

/// <summary>A frame rate as a fraction, as ffmpeg writes it: <c>30000/1001</c>.</summary>
internal readonly record struct FrameRate(long Frames, long Seconds)
{
    private const int Thousand = 1000;

    /// <summary>Frames per second.</summary>
    public double PerSecond => (double)Frames / Seconds;

    /// <summary>Parses a rate; null for a text without a rate, such as <c>0/0</c>.</summary>
    public static FrameRate? Parse(string? text) =>
        text?.Split('/') is [var frames, var seconds]
            && long.TryParse(frames, CultureInfo.InvariantCulture, out var dividend) && dividend > 0
            && long.TryParse(seconds, CultureInfo.InvariantCulture, out var divisor) && divisor > 0
            ? new FrameRate(dividend, divisor)
            : null;

    /// <summary>Rounds a number of frames per second to thousandths.</summary>
    public static FrameRate Of(double perSecond) => new(Math.Max(1, (long)Math.Round(perSecond * Thousand)), Thousand);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Frames}/{Seconds}");
}
