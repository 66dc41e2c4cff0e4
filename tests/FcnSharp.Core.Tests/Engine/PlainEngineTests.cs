using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine;

public class PlainEngineTests
{
    [Theory]
    [InlineData(FcnLayout.Compact)]
    [InlineData(FcnLayout.Original)]
    public void Score_AnyNumberOfThreads_GivesTheSameBits(FcnLayout layout)
    {
        var network = FilledNetwork.Tiny(layout: layout);
        var picture = TestPictures.Noise(173, 91);
        using var single = new PlainEngine(network, threads: 1);
        var expected = single.Score(picture).Values.ToArray();

        foreach (var threads in new[] { 2, 3, 8 })
        {
            using var engine = new PlainEngine(network, threads);

            Assert.Equal(expected, engine.Score(picture).Values.ToArray());
        }
    }

    [Fact]
    public void Score_OfAPicture_IsThatOfItsNormalisedValues()
    {
        var normalization = new Normalization(new(0.5f, 0.4f, 0.3f), new(0.2f, 0.3f, 0.4f));
        var network = FilledNetwork.Tiny().WithCard(new ModelCard { Normalization = normalization });
        var picture = TestPictures.Noise(40, 30);
        using var engine = new PlainEngine(network);

        var bytes = picture.Pixels.ToArray();
        var values = new float[bytes.Length];
        float[] mean = [0.5f, 0.4f, 0.3f], deviation = [0.2f, 0.3f, 0.4f];
        for (var i = 0; i < bytes.Length; i++)
        {
            values[(i % 3 * 40 * 30) + (i / 3)] = ((bytes[i] / 255f) - mean[i % 3]) / deviation[i % 3];
        }

        Assert.Equal(engine.Score(values, 30, 40).Values.ToArray(), engine.Score(picture).Values.ToArray());
    }

    [Fact]
    public void Normalization_OfCaffe_IsBytesMinusTheMean()
    {
        var caffe = Normalization.Caffe;

        Assert.Equal(200 - 122.67891434f, ((200 / 255f) - caffe.Mean.R) / caffe.Deviation.R, 1e-4f);
        Assert.Equal(-104.00698793f, (0 - caffe.Mean.B) / caffe.Deviation.B, 1e-4f);
    }

    [Fact]
    public void Constructor_WithoutNormalisation_SaysHowToGiveIt()
    {
        var network = FilledNetwork.Tiny().WithCard(ModelCard.Empty);

        var error = Assert.Throws<ArgumentException>(() => new PlainEngine(network));

        Assert.Contains("network.WithCard(network.Card with { Normalization = Normalization.ImageNet })", error.Message);
    }

    [Fact]
    public void Constructor_NoThreads_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlainEngine(FilledNetwork.Tiny(), threads: 0));

    [Fact]
    public void Score_Cancelled_EndsWithThatException()
    {
        using var engine = new PlainEngine(FilledNetwork.Tiny());
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => engine.Score(TestPictures.Noise(64, 64), cancellation.Token));
    }

    [Fact]
    public void Score_BeyondAnArray_SaysWhatToDo()
    {
        var wide = FilledNetwork.Create(new FcnOptions { NumClasses = 2, Widths = FilledNetwork.TinyWidths with { Stage1 = 64 } });
        using var engine = new PlainEngine(wide);
        var picture = new RgbImage(new byte[3 * 6000 * 6000], 6000, 6000);

        var error = Assert.Throws<ArgumentException>(() => engine.Score(picture));

        Assert.Contains("too large for this engine", error.Message);
        Assert.Contains("Set a working size", error.Message);
    }

    [Fact]
    public void Description_NamesThreadsAndVectors()
    {
        using var engine = new PlainEngine(FilledNetwork.Tiny(), threads: 3);

        Assert.Matches(@"^plain managed engine, 3 threads, .+ \((128|256|512)-bit vectors\)$", engine.Description);
    }
}
