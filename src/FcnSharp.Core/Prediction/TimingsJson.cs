namespace FcnSharp.Prediction;

/// <summary>Milliseconds, to a thousandth.</summary>
internal sealed record TimingsJson(double Decoding, double Scaling, double Network, double Total)
{
    public static TimingsJson Of(SegmentationTimings timings) => new(
        Milliseconds(timings.Decoding), Milliseconds(timings.Scaling), Milliseconds(timings.Network), Milliseconds(timings.Total));

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
