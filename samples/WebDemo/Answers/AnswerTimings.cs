using FcnSharp.Prediction;

namespace WebDemo.Answers;

/// <summary>Where the time went, in milliseconds.</summary>
internal sealed record AnswerTimings(double Decoding, double Scaling, double Network, double Total)
{
    public static AnswerTimings Of(SegmentationTimings timings) =>
        new(Rounded(timings.Decoding), Rounded(timings.Scaling), Rounded(timings.Network), Rounded(timings.Total));

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
