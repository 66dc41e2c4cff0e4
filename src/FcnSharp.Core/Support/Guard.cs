using System.Globalization;

namespace FcnSharp.Support;

/// <summary>Argument checks whose messages say what was expected, what came, and what to do.</summary>
internal static class Guard
{
    public static int InRange(int value, int min, int max, string name, string fix) =>
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

    public static void PictureSize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
    }

    /// <summary>Formats a message the same way in every culture.</summary>
    public static string Text(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}
