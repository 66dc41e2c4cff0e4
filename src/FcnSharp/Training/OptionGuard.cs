namespace FcnSharp.Training;

/// <summary>Checks of option values, with messages that say what was expected, what came, and what to do.</summary>
internal static class OptionGuard
{
    public static int InRange(int value, int min, int max, string name, string fix) =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"{name} must be {min} to {max}, but was {value}. {fix}"));

    public static long InRange(long value, long min, long max, string name, string fix) =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"{name} must be {min} to {max}, but was {value}. {fix}"));

    /// <summary>Refuses a number that is not finite, too.</summary>
    public static double InRange(double value, double min, double max, string name, string fix) =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"{name} must be {min} to {max}, but was {value}. {fix}"));
}
