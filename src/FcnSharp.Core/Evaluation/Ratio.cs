namespace FcnSharp.Evaluation;

/// <summary>Ratios of pixel counts, which may be nothing over nothing.</summary>
internal static class Ratio
{
    public static double? Of(double part, long whole) => whole == 0 ? null : part / whole;
}
