using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FcnSharp.Prediction;

/// <summary>Metrics and traces of predictors for monitoring tools such as OpenTelemetry, by .NET's meters and activities. They cost
/// nothing without a listener.</summary>
/// <remarks>
/// The meter has <c>fcnsharp.pictures</c>, the number of segmented pictures; <c>fcnsharp.failures</c>, the number of failed pictures
/// without cancelled ones, with the tag <c>error.type</c>; <c>fcnsharp.running</c>, the number of calls that run or wait for a core; and
/// <c>fcnsharp.duration</c>, a histogram of milliseconds with the tag <c>stage</c>: <c>decoding</c>, <c>scaling</c> or <c>network</c>. The
/// activity source creates a span <c>segment</c> for each picture, with the tags <c>width</c> and <c>height</c>.
/// </remarks>
public static class FcnTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "FcnSharp";

    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "FcnSharp";

    private static readonly ActivitySource Source = new(ActivitySourceName);
    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Pictures = Meter.CreateCounter<long>("fcnsharp.pictures", "{picture}", "Pictures segmented.");
    private static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("fcnsharp.failures", "{picture}", "Pictures that could not be segmented.");
    private static readonly UpDownCounter<long> Running =
        Meter.CreateUpDownCounter<long>("fcnsharp.running", "{picture}", "Calls that run or wait for a core.");
    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("fcnsharp.duration", "ms", "Time of a picture by stage.");

    /// <summary>Records the start of a picture.</summary>
    internal static Activity? Begin()
    {
        Running.Add(1);
        return Source.StartActivity("segment");
    }

    /// <summary>Records that a picture was segmented.</summary>
    internal static void Succeed(Activity? activity, Segmentation segmentation)
    {
        activity?.SetTag("width", segmentation.Labels.Width).SetTag("height", segmentation.Labels.Height);
        Pictures.Add(1);
        if (Duration.Enabled)
        {
            Record("decoding", segmentation.Timings.Decoding);
            Record("scaling", segmentation.Timings.Scaling);
            Record("network", segmentation.Timings.Network);
        }

        static void Record(string stage, TimeSpan time) =>
            Duration.Record(time.TotalMilliseconds, new KeyValuePair<string, object?>("stage", stage));
    }

    /// <summary>Records that a picture failed. A cancelled picture is not a failure.</summary>
    internal static void Fail(Activity? activity, Exception exception)
    {
        if (exception is OperationCanceledException)
        {
            return;
        }

        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        Failures.Add(1, new KeyValuePair<string, object?>("error.type", exception.GetType().Name));
    }

    /// <summary>Records the end of a picture, segmented or failed.</summary>
    internal static void End(Activity? activity)
    {
        activity?.Dispose();
        Running.Add(-1);
    }
}
