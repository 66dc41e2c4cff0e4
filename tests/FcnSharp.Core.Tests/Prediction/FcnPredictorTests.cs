using System.Security.Cryptography;
using System.Text.Json;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Prediction;

public class FcnPredictorTests
{
    [Fact]
    public void Load_FromAStream_GivesThePredictorOfTheFile()
    {
        using var folder = new TempFolder();
        FilledNetwork.Tiny().WithCard(new ModelCard { Normalization = Normalization.ImageNet }).Save(folder["net.safetensors"]);
        using var expected = FcnPredictor.Load(folder["net.safetensors"]);
        using var file = File.OpenRead(folder["net.safetensors"]);
        using var oneWay = new OneWayStream(File.ReadAllBytes(folder["net.safetensors"]));
        var picture = TestPictures.Noise(40, 30);

        using var fromFile = FcnPredictor.Load(file);
        using var fromOneWay = FcnPredictor.Load(oneWay, "the download");

        Assert.Equal(expected.Segment(picture).Labels.Labels.ToArray(), fromFile.Segment(picture).Labels.Labels.ToArray());
        Assert.Equal(expected.Segment(picture).Labels.Labels.ToArray(), fromOneWay.Segment(picture).Labels.Labels.ToArray());
        Assert.StartsWith(
            "the download", Assert.Throws<WeightFileException>(() => FcnPredictor.Load(new MemoryStream([1, 2]), "the download")).Message);
    }

    [Fact]
    public void MinConfidence_LeavesUnsurePixelsWithoutAClass()
    {
        var (network, picture) = (FilledNetwork.Tiny(classes: 5), TestPictures.Noise(40, 30));
        using var all = FcnPredictor.Create(network, new PredictorOptions { Confidence = true });
        using var sure = FcnPredictor.Create(network, new PredictorOptions { MinConfidence = 0.5 });
        var expected = all.Segment(picture);

        var actual = sure.Segment(picture);

        Assert.Null(actual.Confidence);
        Assert.InRange(expected.Confidence!.Pixels.ToArray().Count(value => value < 128), 10, (40 * 30) - 10);
        for (var i = 0; i < 40 * 30; i++)
        {
            Assert.Equal(
                expected.Confidence.Pixels.Span[i] < 128 ? LabelMap.IgnoreId : expected.Labels.Labels.Span[i],
                actual.Labels.Labels.Span[i]);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new PredictorOptions { MinConfidence = 1.1 });
    }

    [Fact]
    public void Load_WithAnExpectedSum_RefusesAnyOtherFile()
    {
        using var folder = new TempFolder();
        FilledNetwork.Tiny().WithCard(new ModelCard { Normalization = Normalization.ImageNet }).Save(folder["net.safetensors"]);
        var sum = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(folder["net.safetensors"])));

        using var predictor = FcnPredictor.Load(folder["net.safetensors"], checkpoint: new CheckpointOptions { ExpectedSha256 = sum });
        var fault = Assert.Throws<WeightFileException>(
            () => FcnPredictor.Load(folder["net.safetensors"], checkpoint: new CheckpointOptions { ExpectedSha256 = new string('a', 64) }));

        Assert.Contains($"has the SHA-256 {sum.ToLowerInvariant()}, but aaaa", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CheckpointOptions { ExpectedSha256 = "1167a1af" });
        Assert.Throws<ArgumentException>(() => new CheckpointOptions { ExpectedSha256 = new string('g', 64) });
    }

    [Fact]
    public void Segment_AnySize_AnswersAtThatSize()
    {
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny(), new PredictorOptions { WorkingSize = 48 });

        foreach (var (width, height) in new[] { (1, 1), (1, 300), (300, 1), (61, 47), (48, 20) })
        {
            var labels = predictor.Segment(TestPictures.Noise(width, height)).Labels;

            Assert.Equal((width, height), (labels.Width, labels.Height));
        }
    }

    [Fact]
    public void Segment_AWorkingSize_ShowsTheNetworkThatSize()
    {
        foreach (var (model, asked, expected) in new (int?, int?, (int, int))[]
        {
            (null, null, (200, 100)), (50, null, (50, 25)), (50, 80, (80, 40)), (50, 0, (200, 100)), (400, null, (400, 200)),
        })
        {
            using var engine = new FakeEngine(new ModelCard { WorkingSize = model });
            using var predictor = new FcnPredictor(engine, new PredictorOptions { WorkingSize = asked });

            predictor.Segment(TestPictures.Noise(200, 100));

            Assert.Equal(expected, engine.LastSize);
        }
    }

    [Fact]
    public void Segment_EightThreadsOnOnePredictor_GiveTheSingleThreadResult()
    {
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny(), new PredictorOptions { Confidence = true });
        var pictures = Enumerable.Range(0, 16).Select(i => TestPictures.Noise(40 + (7 * i), 90 - (3 * i), seed: i)).ToList();
        var expected = pictures.Select(picture => predictor.Segment(picture)).ToList();

        var equal = 0;
        var threads = Enumerable.Range(0, 8).Select(first => new Thread(() =>
        {
            for (var i = 0; i < pictures.Count; i++)
            {
                var index = (first + i) % pictures.Count;
                var actual = predictor.Segment(pictures[index]);
                if (actual.Labels.Labels.Span.SequenceEqual(expected[index].Labels.Labels.Span)
                    && actual.Confidence!.Pixels.Span.SequenceEqual(expected[index].Confidence!.Pixels.Span))
                {
                    Interlocked.Increment(ref equal);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(8 * 16, equal);
    }

    [Fact]
    public void Segment_WithEverything_IsConsistent()
    {
        using var predictor = FcnPredictor.Create(
            FilledNetwork.Tiny(classes: 5), new PredictorOptions { Confidence = true, Probabilities = true });

        var result = predictor.Segment(TestPictures.Noise(37, 29));

        for (var y = 0; y < 29; y++)
        {
            for (var x = 0; x < 37; x++)
            {
                var probabilities = Enumerable.Range(0, 5).Select(id => result.Probabilities![id, x, y]).ToList();
                Assert.Equal(1, probabilities.Sum(), 1e-5);
                Assert.Equal(probabilities.Max(), probabilities[result.Labels[x, y]]);
                Assert.Equal(probabilities.Max() * 255, (double)result.Confidence![x, y], 0.51);
            }
        }

        Assert.Equal(1, result.Shares.Sum(share => share.Share), 1e-9);
        Assert.Equal(37 * 29, result.Shares.Sum(share => share.Pixels));
        Assert.True(result.Timings.Network > TimeSpan.Zero);
    }

    [Fact]
    public void Segment_NothingExtraAskedFor_GivesLabelsOnly()
    {
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny());

        var result = predictor.Segment(TestPictures.Noise(10, 10));

        Assert.Null(result.Confidence);
        Assert.Null(result.Probabilities);
    }

    [Fact]
    public void Segment_PathAndStream_GiveWhatThePictureGives()
    {
        using var folder = new TempFolder();
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny());
        var picture = TestPictures.Noise(50, 40);
        picture.Save(folder["picture.png"]);
        var expected = predictor.Segment(picture).Labels.Labels.ToArray();

        using var stream = new OneWayStream(File.ReadAllBytes(folder["picture.png"]));

        Assert.Equal(expected, predictor.Segment(folder["picture.png"]).Labels.Labels.ToArray());
        Assert.Equal(expected, predictor.Segment(stream).Labels.Labels.ToArray());
    }

    [Fact]
    public void Save_AllThree_WritesThemWholeAndReadsBack()
    {
        using var folder = new TempFolder();
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny());
        var result = predictor.Segment(TestPictures.Noise(64, 48));

        result.SaveOverlay(folder["overlay.png"], new OverlayOptions { Legend = true });
        result.SaveColorMap(folder["colors.png"]);
        result.SaveLabels(folder["labels.png"]);

        Assert.Equal(["colors.png", "labels.png", "overlay.png"], folder.FileNames());
        Assert.Equal(result.Labels.Labels.ToArray(), LabelMap.Load(folder["labels.png"]).Labels.ToArray());
        Assert.Equal(result.ToColorMap().Pixels.ToArray(), RgbImage.Load(folder["colors.png"]).Pixels.ToArray());
        Assert.True(RgbImage.Load(folder["overlay.png"]).Height > 48);
    }

    [Fact]
    public void ToJson_OfAResult_HasEngineTimingsClassesAndRegions()
    {
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny());
        var result = predictor.Segment(TestPictures.Noise(64, 48));

        using var json = JsonDocument.Parse(result.ToJson());

        var root = json.RootElement;
        Assert.Equal(1, root.GetProperty("schema_version").GetInt32());
        Assert.Equal(predictor.EngineDescription, root.GetProperty("engine").GetString());
        Assert.False(root.TryGetProperty("picture", out _));
        Assert.Equal((64, 48), (root.GetProperty("width").GetInt32(), root.GetProperty("height").GetInt32()));
        Assert.True(root.GetProperty("timings_ms").GetProperty("total").GetDouble() > 0);
        Assert.Equal(64 * 48, root.GetProperty("classes").EnumerateArray().Sum(item => item.GetProperty("pixels").GetInt64()));
        Assert.Equal(64 * 48, root.GetProperty("regions").EnumerateArray().Sum(item => item.GetProperty("pixels").GetInt64()));
    }

    [Fact]
    public async Task ToJsonData_OfAFile_NamesPictureAndModel()
    {
        using var folder = new TempFolder();
        TestPictures.Noise(20, 16).Save(folder["street.png"]);
        var network = FilledNetwork.Tiny();
        using var predictor = FcnPredictor.Create(network.WithCard(network.Card with { Name = "Tiny" }));

        var path = predictor.Segment(folder["street.png"]);
        var waited = await predictor.SegmentAsync(folder["street.png"]);

        Assert.Equal((folder["street.png"], "Tiny"), (path.PictureName, path.ModelName));
        Assert.Equal(("street.png", "Tiny"), (path.ToJsonData().Picture, path.ToJsonData().Model));
        Assert.Equal(folder["street.png"], waited.PictureName);
        Assert.Null(predictor.Segment(TestPictures.Noise(8, 8)).PictureName);
    }

    [Fact]
    public void ToJsonData_WithLabels_HasThemAsRuns()
    {
        var labels = new LabelMap(new byte[] { 0, 0, 1, 1, 1, 255 }, 3, 2);
        var result = Segmentation.Create(TestPictures.Noise(3, 2), labels, new ClassList(["sky", "road"]));

        Assert.Equal([0, 2, 1, 3, 255, 1], result.ToJsonData(withLabels: true).LabelRuns!);
        Assert.Null(result.ToJsonData().LabelRuns);
    }

    [Fact]
    public void Create_OfLabelsOfAnotherSize_SaysBothSizes()
    {
        var labels = new LabelMap(new byte[] { 0, 0 }, 2, 1);

        var error = Assert.Throws<ArgumentException>(() => Segmentation.Create(TestPictures.Noise(3, 2), labels, ClassList.Voc));

        Assert.Contains("2x1 pixels, but the picture is 3x2", error.Message);
    }

    [Fact]
    public void Segment_AfterDispose_SaysSo()
    {
        var predictor = FcnPredictor.Create(FilledNetwork.Tiny());
        predictor.Dispose();
        predictor.Dispose();

        var error = Assert.Throws<ObjectDisposedException>(() => predictor.Segment(TestPictures.Noise(4, 4)));

        Assert.Contains("This FcnPredictor was disposed.", error.Message);
    }

    [Fact]
    public async Task Dispose_WhileACallRuns_WaitsForItAndDisposesTheEngineOnce()
    {
        using var engine = new FakeEngine(ModelCard.Empty);
        var predictor = new FcnPredictor(engine);
        engine.Hold();
        var call = Task.Run(() => predictor.Segment(TestPictures.Noise(8, 8)));
        engine.WaitUntilEntered();

        var dispose = Waiting.Start(() =>
        {
            predictor.Dispose();
            return true;
        });

        Assert.Equal(0, engine.DisposeCount);
        engine.Release();
        Assert.Equal(8, (await call).Labels.Width);
        await dispose;
        Assert.Equal(1, engine.DisposeCount);
    }

    [Fact]
    public void Segment_Cancelled_EndsWithThatExceptionAndTheNextCallWorks()
    {
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny());
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => predictor.Segment(TestPictures.Noise(64, 64), cancellation.Token));
        Assert.Equal(64, predictor.Segment(TestPictures.Noise(64, 64)).Labels.Width);
    }

    [Fact]
    public void Load_WithoutNormalisation_SaysHowToGiveIt()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Files", "compact.safetensors");

        var error = Assert.Throws<WeightFileException>(() => FcnPredictor.Load(path));

        Assert.StartsWith($"{path}: does not state the normalisation of its input.", error.Message);
        Assert.Contains("CheckpointOptions.Normalization", error.Message);
        using var predictor = FcnPredictor.Load(path, checkpoint: new CheckpointOptions { Normalization = Normalization.ImageNet });
        Assert.Equal(5, predictor.Classes.Count);
        Assert.Equal(20, predictor.Segment(TestPictures.Noise(20, 20)).Labels.Height);
    }

    [Fact]
    public void Load_APicture_IsRefusedAsAWeightFile()
    {
        using var folder = new TempFolder();
        TestPictures.Noise(30, 30).Save(folder["picture.png"]);

        var error = Assert.Throws<WeightFileException>(() => FcnPredictor.Load(folder["picture.png"]));

        Assert.StartsWith($"{folder["picture.png"]}: is not a safetensors, PyTorch", error.Message);
    }

    [Fact]
    public void Segment_FilesThatAreNoPictures_NameTheFileAndTheReasonInOneLine()
    {
        using var folder = new TempFolder();
        using var predictor = FcnPredictor.Create(FilledNetwork.Tiny());
        File.WriteAllText(folder["text.jpg"], "dear diary");
        File.WriteAllBytes(folder["empty.png"], []);
        TestPictures.Noise(200, 200).Save(folder["whole.jpg"]);
        File.WriteAllBytes(folder["cut.jpg"], File.ReadAllBytes(folder["whole.jpg"])[..5000]);
        FilledNetwork.Tiny().Save(folder["model.safetensors"]);

        foreach (var path in new[] { folder["text.jpg"], folder["empty.png"], folder["cut.jpg"], folder["model.safetensors"], folder.Path,
            folder["absent.png"] })
        {
            var error = Assert.ThrowsAny<IOException>(() => predictor.Segment(path));

            Assert.StartsWith($"{path}: ", error.Message);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void Segment_APictureAboveThePixelLimit_IsRefused()
    {
        using var folder = new TempFolder();
        TestPictures.Noise(100, 100).Save(folder["picture.png"]);
        using var predictor = FcnPredictor.Create(
            FilledNetwork.Tiny(), new PredictorOptions { Decoding = new DecodeOptions { MaxPixels = 9999 } });

        Assert.Throws<ImageFileException>(() => predictor.Segment(folder["picture.png"]));
    }
}
