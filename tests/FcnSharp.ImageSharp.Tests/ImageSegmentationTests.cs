using FcnSharp.ImageSharp;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace FcnSharp.ImageSharpTests;

public sealed class ImageSegmentationTests : IDisposable
{
    private readonly FcnPredictor predictor = StreetScenes.CreatePredictor(new PredictorOptions { WorkingSize = 128 });
    private readonly Image<Rgba32> photo = Image.Load<Rgba32>(Path.Combine(AppContext.BaseDirectory, "leuven.jpg"));

    public void Dispose()
    {
        photo.Dispose();
        predictor.Dispose();
    }

    [Fact]
    public void Segment_AnImage_FindsWhatTheSameBytesHave()
    {
        var labels = predictor.Segment(photo).Labels.Labels;

        Assert.Equal(predictor.Segment(photo.ToRgbImage()).Labels.Labels.ToArray(), labels.ToArray());
    }

    [Fact]
    public void Segment_Cancelled_Ends() =>
        Assert.Throws<OperationCanceledException>(() => predictor.Segment(photo, new CancellationToken(canceled: true)));

    [Fact]
    public void ColorMapAndOverlay_AsImages_AreThoseOfTheResult()
    {
        var result = predictor.Segment(photo);
        var options = new OverlayOptions { Legend = true };

        using var colors = result.ToColorMapImage();
        using var overlay = result.ToOverlayImage(options);

        Assert.Equal((photo.Width, photo.Height), (colors.Width, colors.Height));
        Assert.Equal(result.ToColorMap().Pixels.ToArray(), colors.ToRgbImage().Pixels.ToArray());
        Assert.Equal(result.ToOverlay(options).Pixels.ToArray(), overlay.ToRgbImage().Pixels.ToArray());
    }
}
