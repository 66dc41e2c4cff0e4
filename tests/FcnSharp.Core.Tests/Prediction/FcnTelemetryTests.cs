using System.Diagnostics;
using System.Diagnostics.Metrics;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Prediction;

/// <summary>Instruments are process-wide, so other tests must not run at the same time.</summary>
[Collection(Alone.Name)]
public class FcnTelemetryTests
{
    [Fact]
    public async Task Meter_OfGoodAndBadPictures_CountsBoth()
    {
        var measured = new List<(string Name, double Value, string? Tag)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == FcnTelemetry.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny());

        predictor.Segment(TestPictures.Noise(20, 10));
        await predictor.SegmentManyAsync([PictureSource.FromBytes("no picture"u8.ToArray())]).ToListAsync();
        await Assert.ThrowsAsync<ImageFileException>(() => predictor.SegmentAsync(new MemoryStream("no picture"u8.ToArray())));
        Assert.Throws<OperationCanceledException>(
            () => predictor.Segment(TestPictures.Noise(20, 10), new CancellationToken(canceled: true)));

        Assert.Equal([("fcnsharp.pictures", 1, null)], measured.Where(entry => entry.Name == "fcnsharp.pictures"));
        Assert.Equal(
            [("fcnsharp.failures", 1, "ImageFileException"), ("fcnsharp.failures", 1, "ImageFileException")],
            measured.Where(entry => entry.Name == "fcnsharp.failures"));
        Assert.Equal(
            ["decoding", "scaling", "network"], measured.Where(entry => entry.Name == "fcnsharp.duration").Select(entry => entry.Tag!));
        Assert.Equal(0, measured.Where(entry => entry.Name == "fcnsharp.running").Sum(entry => entry.Value));

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (measured)
            {
                measured.Add((instrument.Name, value, tags.IsEmpty ? null : (string?)tags[0].Value));
            }
        }
    }

    [Fact]
    public void ActivitySource_OfAPicture_GivesASpanWithItsSize()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == FcnTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny());

        predictor.Segment(TestPictures.Noise(20, 10));
        Assert.Throws<ImageFileException>(() => predictor.Segment(new ReadOnlyMemory<byte>([1, 2, 3])));

        Assert.Equal([("segment", 20, 10)], spans.Take(1).Select(span =>
            (span.OperationName, (int)span.GetTagItem("width")!, (int)span.GetTagItem("height")!)));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], spans.Select(span => span.Status));
    }
}
