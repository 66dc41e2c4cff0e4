using System.Runtime.CompilerServices;

namespace FcnSharp.Support;

/// <summary>Argument checks whose messages say what was expected, what came, and what to do.</summary>
internal static class Guard
{
    public static int InRange(int value, int min, int max, string name, string fix) =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, Text($"{name} must be {min} to {max}, but was {value}. {fix}"));

    public static long InRange(long value, long min, long max, string name, string fix) =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, Text($"{name} must be {min} to {max}, but was {value}. {fix}"));

    /// <summary>Refuses NaN as well.</summary>
    public static double InRange(double value, double min, double max, string name, string fix) =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, Text($"{name} must be {min} to {max}, but was {value}. {fix}"));

    public static int AtLeast(int value, int min, string name, string fix) =>
        value >= min
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, Text($"{name} must be {min} or more, but was {value}. {fix}"));

    public static double Fraction(double value, string name, string fix) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, Text($"{name} must be 0 to 1, but was {value}. {fix}"));

    public static T NotNull<T>(T? value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value;
    }

    public static void PictureSize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
    }

    /// <summary>
    /// Refuses a buffer, called <paramref name="kind"/> in the message, that is not exactly <c>width * height * channels</c> bytes long.
    /// </summary>
    public static void PixelBuffer(int length, int width, int height, int channels, string kind, string fix, string name)
    {
        PictureSize(width, height);
        var expected = (long)channels * width * height;
        if (length != expected)
        {
            throw new ArgumentException(
                Text($"A {width}x{height} {kind} takes {expected} bytes, but the buffer has {length}. {fix}"), name);
        }
    }

    /// <summary>Refuses a pixel outside a picture of this size.</summary>
    public static void Pixel(int x, int y, int width, int height)
    {
        if ((uint)x >= (uint)width || (uint)y >= (uint)height)
        {
            throw new ArgumentOutOfRangeException(
                (uint)x >= (uint)width ? nameof(x) : nameof(y),
                Text($"Pixel ({x}, {y}) is outside: x runs from 0 to {width - 1} and y from 0 to {height - 1}."));
        }
    }

    /// <summary>Formats a message the same way in every culture.</summary>
    public static string Text(InvariantText message) => message.ToStringAndClear();
}
