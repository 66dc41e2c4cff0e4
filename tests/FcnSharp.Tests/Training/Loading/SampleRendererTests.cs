using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Training.Loading;

namespace FcnSharp.Torch.Tests.Training.Loading;

public class SampleRendererTests
{
    /// <summary>Tolerance for a byte that was converted to a float and back.</summary>
    private const double Rounding = 1e-3;

    private static readonly Augmentation Nothing = new(
        Flip: false, Scale: 1, Degrees: 0, Across: 0, Down: 0, Brightness: 1, Contrast: 1, Saturation: 1,
        Gains: new ChannelValues(1, 1, 1));

    [Fact]
    public void Render_WholePicture_NormalisesEveryPixelExactly()
    {
        var sample = Noise(13, 7);

        var drawn = Drawn.Of(sample, Nothing, 13, 7, Normalization.ImageNet);

        Assert.Equal(sample.Labels.Labels.ToArray(), drawn.Labels);
        for (var i = 0; i < 13 * 7; i++)
        {
            Assert.Equal(((sample.Picture.Pixels.Span[3 * i] / 255f) - 0.485f) / 0.229f, drawn.Pixels[i]);
            Assert.Equal(((sample.Picture.Pixels.Span[(3 * i) + 2] / 255f) - 0.406f) / 0.225f, drawn.Pixels[(2 * 13 * 7) + i]);
        }
    }

    [Fact]
    public void Render_Flipped_MirrorsPictureAndLabels()
    {
        var sample = Noise(13, 7);
        var mirrored = sample with { Picture = sample.Picture.Mirror(), Labels = Mirror(sample.Labels) };

        var flipped = Drawn.Of(sample, Nothing with { Flip = true }, 13, 7);

        Assert.Equal(Drawn.Of(mirrored, Nothing, 13, 7), flipped);
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.99, 8)]
    public void Render_Crop_CutsOutWholePixels(double across, int left)
    {
        var sample = Noise(13, 7);

        var drawn = Drawn.Of(sample, Nothing with { Across = across, Down = 0.99 }, 5, 4);

        for (var y = 0; y < 4; y++)
        {
            for (var x = 0; x < 5; x++)
            {
                Assert.Equal(sample.Labels[left + x, 3 + y], drawn.Labels[(5 * y) + x]);
                Assert.Equal(sample.Picture[left + x, 3 + y].G, drawn.Pixels[(5 * 4) + (5 * y) + x], Rounding);
            }
        }
    }

    [Fact]
    public void Render_CropsAtEveryPlace_AreEquallyFrequent()
    {
        var labels = new LabelMap(Enumerable.Range(0, 10).Select(i => (byte)i).ToArray(), 10, 1);
        var sample = new SegmentationSample("row", TestPictures.Flat(10, 1, default), labels);
        var counts = new int[8];

        for (var i = 0; i < 8000; i++)
        {
            counts[Drawn.Of(sample, Nothing with { Across = i / 8000.0 }, 3, 1).Labels[0]]++;
        }

        Assert.All(counts, count => Assert.Equal(1000, count));
    }

    [Fact]
    public void Render_APictureSmallerThanTheWindow_PadsWithZerosAndTheIgnoredId()
    {
        var sample = new SegmentationSample("white", TestPictures.Flat(4, 3, new RgbColor(255, 255, 255)),
            new LabelMap(new byte[12], 4, 3));

        var drawn = Drawn.Of(sample, Nothing with { Across = 0.5, Down = 0.999 }, 9, 6);

        for (var i = 0; i < 9 * 6; i++)
        {
            var inside = i % 9 is >= 3 and < 7 && i / 9 >= 3;
            Assert.Equal(inside ? 0 : TrainingSet.IgnoreId, drawn.Labels[i]);
            Assert.Equal(inside ? 255 : 0, drawn.Pixels[i], Rounding);
        }
    }

    [Fact]
    public void Render_WindowSmallerThanThePlace_PadsRightAndBottom()
    {
        var sample = Noise(5, 4);

        var drawn = Drawn.Of(sample, Nothing, 5, 4, placeWidth: 7, placeHeight: 6);

        for (var i = 0; i < 7 * 6; i++)
        {
            var inside = i % 7 < 5 && i / 7 < 4;
            Assert.Equal(inside ? sample.Labels[i % 7, i / 7] : TrainingSet.IgnoreId, drawn.Labels[i]);
            Assert.Equal(inside ? sample.Picture[i % 7, i / 7].R : 0, drawn.Pixels[i], Rounding);
        }
    }

    /// <summary>A pixel's value is its class's colour wherever all its neighbours have its class.</summary>
    [Theory]
    [InlineData(1.0, 20.0)]
    [InlineData(1.7, 0.0)]
    [InlineData(1.4, -33.0)]
    [InlineData(0.9, 5.0)]
    [InlineData(3.0, 180.0)]
    public void Render_ScaledAndTurned_MovesPictureAndLabelsTogether(double scale, double degrees)
    {
        var sample = TrainingSet.Blocks("blocks", 60, 48, seed: 3, block: 12);
        foreach (var flip in new[] { false, true })
        {
            var drawn = Drawn.Of(sample, Nothing with { Flip = flip, Scale = scale, Degrees = degrees, Across = 0.4, Down = 0.7 }, 50, 40);

            var judged = drawn.Inner().ToList();
            Assert.True(judged.Count > 300);
            Assert.All(judged, i => Assert.Equal(TrainingSet.ColorOf(drawn.Labels[i]), drawn.Pixels[i], Rounding));
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.13)]
    public void Render_MadeMuchSmaller_MovesPictureAndLabelsTogether(double scale)
    {
        var labels = new LabelMap(Enumerable.Range(0, 200 * 150).Select(i => (byte)(i % 200 < 90 ? 1 : 3)).ToArray(), 200, 150);
        var sample = new SegmentationSample("halves", TrainingSet.Colored(labels.Labels.ToArray(), 200, 150), labels);

        var drawn = Drawn.Of(sample, Nothing with { Scale = scale, Degrees = 10 }, 30, 20);

        var judged = drawn.Inner().ToList();
        Assert.True(judged.Count > 100);
        Assert.Contains(judged, i => drawn.Labels[i] == 1);
        Assert.Contains(judged, i => drawn.Labels[i] == 3);
        Assert.All(judged, i => Assert.Equal(TrainingSet.ColorOf(drawn.Labels[i]), drawn.Pixels[i], Rounding));
    }

    /// <summary>Against the formulas in double precision, pixel by pixel.</summary>
    [Theory]
    [InlineData(false, 1.3, 12.0)]
    [InlineData(true, 0.8, -40.0)]
    [InlineData(true, 2.0, 0.0)]
    public void Render_AnyMap_AgreesWithAPlainBilinearLookUp(bool flip, double scale, double degrees)
    {
        var sample = Noise(31, 22);
        var augmentation = Nothing with { Flip = flip, Scale = scale, Degrees = degrees, Across = 0.3, Down = 0.6 };

        var drawn = Drawn.Of(sample, augmentation, 20, 18);

        for (var i = 0; i < 20 * 18; i++)
        {
            var (x, y) = PlainMap(augmentation, sample.Picture, 20, 18, i % 20, i / 20);
            if (Math.Abs(x - Math.Round(x)) < 1e-5 || Math.Abs(y - Math.Round(y)) < 1e-5)
            {
                continue; // on the border between two pixels either is right
            }

            var inside = x >= 0 && y >= 0 && x < 31 && y < 22;
            Assert.Equal(inside ? sample.Labels[(int)x, (int)y] : TrainingSet.IgnoreId, drawn.Labels[i]);
            Assert.Equal(inside ? PlainBilinear(sample.Picture, x - 0.5, y - 0.5) : 0, drawn.Pixels[i], 1e-2);
        }
    }

    [Fact]
    public void Render_FineTextureMadeSmaller_TurnsGreyAndDoesNotFlicker()
    {
        var checkers = new RgbImage(
            Enumerable.Range(0, 3 * 64 * 64).Select(i => (byte)(((i / 3 % 64) + (i / 3 / 64)) % 2 * 255)).ToArray(), 64, 64);
        var sample = new SegmentationSample("checkers", checkers, new LabelMap(new byte[64 * 64], 64, 64));

        var drawn = Drawn.Of(sample, Nothing with { Scale = 0.5, Across = 0.3 }, 16, 16);

        Assert.All(drawn.Pixels, value => Assert.InRange(value, 127, 129));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void Render_Colours_FollowTheFormulasAndLeaveTheLabels(double scale)
    {
        var sample = Noise(16, 12);
        var plain = Drawn.Of(sample, Nothing with { Scale = scale }, 11, 9);
        var (b, c, s, gains) = (1.2, 0.8, 1.3, new ChannelValues(1.05f, 1, 0.93f));

        var drawn = Drawn.Of(
            sample, Nothing with { Scale = scale, Brightness = b, Contrast = c, Saturation = s, Gains = gains }, 11, 9);

        Assert.Equal(plain.Labels, drawn.Labels);
        var mean = Enumerable.Range(0, 16 * 12).Average(
            i => Grey(sample.Picture.Pixels.Span[3 * i], sample.Picture.Pixels.Span[(3 * i) + 1], sample.Picture.Pixels.Span[(3 * i) + 2]));
        for (var i = 0; i < 11 * 9; i++)
        {
            double[] rgb = [
                .. Enumerable.Range(0, 3).Select(channel => (c * b * plain.Pixels[(channel * 11 * 9) + i]) + ((1 - c) * b * mean))];
            for (var channel = 0; channel < 3; channel++)
            {
                var gain = channel == 0 ? gains.R : channel == 1 ? gains.G : gains.B;
                var expected = Math.Clamp(gain * ((s * rgb[channel]) + ((1 - s) * Grey(rgb[0], rgb[1], rgb[2]))), 0, 255);
                Assert.Equal(expected, drawn.Pixels[(channel * 11 * 9) + i], 1e-2);
            }
        }
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(30, 1.5)]
    [InlineData(90, 1.0)]
    [InlineData(110, 1.0)]
    [InlineData(180, 1.5)]
    [InlineData(270, 1.0)]
    [InlineData(335, 1.5)]
    public void Render_AShadow_DarkensOneSideOfItsEdge(double degrees, double scale)
    {
        var sample = Noise(16, 12);
        var plain = Drawn.Of(sample, Nothing with { Scale = scale }, 11, 9);

        var drawn = Drawn.Of(sample, Nothing with { Scale = scale, Shadow = new Shadow(0.4, 0.6, degrees, Brightness: 0.5) }, 11, 9);

        Assert.Equal(plain.Labels, drawn.Labels);
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        for (var i = 0; i < 11 * 9; i++)
        {
            var (x, y) = ((i % 11) + 0.5 - (0.4 * 11), (i / 11) + 0.5 - (0.6 * 9));
            var factor = (cosine * x) + (sine * y) > 0 ? 0.5 : 1;
            Assert.All([0, 1, 2], channel => Assert.Equal(
                factor * plain.Pixels[(channel * 11 * 9) + i], drawn.Pixels[(channel * 11 * 9) + i], Rounding));
        }
    }

    [Fact]
    public void Render_AShadowOnASmallPicture_LeavesThePadding()
    {
        var sample = Noise(4, 3);
        var plain = Drawn.Of(sample, Nothing with { Across = 0.5, Down = 0.5 }, 11, 9);

        var drawn = Drawn.Of(
            sample, Nothing with { Across = 0.5, Down = 0.5, Shadow = new Shadow(0, 0, Degrees: 45, Brightness: 0.5) }, 11, 9);

        Assert.Equal(plain.Labels, drawn.Labels);
        Assert.All(Enumerable.Range(0, plain.Pixels.Length), i => Assert.Equal(plain.Pixels[i] / 2, drawn.Pixels[i], Rounding));
    }

    [Fact]
    public void Render_AnOddPictureOfOnePixelHalved_StaysWhatItIs()
    {
        var sample = new SegmentationSample("dot", TestPictures.Flat(1, 1, new RgbColor(10, 20, 30)), new LabelMap(new byte[] { 2 }, 1, 1));

        var drawn = Drawn.Of(sample, Nothing with { Scale = 0.6 }, 1, 1);

        Assert.Equal([2], drawn.Labels);
        Assert.Equal([10, 20, 30], drawn.Pixels.Select(value => Math.Round(value, 3)));
    }

    private static double Grey(double r, double g, double b) => (0.299 * r) + (0.587 * g) + (0.114 * b);

    private static SegmentationSample Noise(int width, int height)
    {
        var labels = new byte[width * height];
        new Random(8).NextBytes(labels);
        return new SegmentationSample("noise", TestPictures.Noise(width, height), new LabelMap(labels, width, height));
    }

    private static LabelMap Mirror(LabelMap labels) => new(
        Enumerable.Range(0, labels.Width * labels.Height).Select(i => labels[labels.Width - 1 - (i % labels.Width), i / labels.Width])
            .ToArray(),
        labels.Width,
        labels.Height);

    private static (double X, double Y) PlainMap(Augmentation augmentation, RgbImage picture, int width, int height, int x, int y)
    {
        var angle = augmentation.Degrees * Math.PI / 180;
        var (u, v) = (x + 0.5 - (width / 2.0), y + 0.5 - (height / 2.0));
        var sourceX = (Offset(picture.Width, width, augmentation.Across) + (width / 2.0) + (u * Math.Cos(angle)) + (v * Math.Sin(angle)))
            / augmentation.Scale;
        var sourceY = (Offset(picture.Height, height, augmentation.Down) + (height / 2.0) + (v * Math.Cos(angle)) - (u * Math.Sin(angle)))
            / augmentation.Scale;
        return (augmentation.Flip ? picture.Width - sourceX : sourceX, sourceY);

        int Offset(int side, int window, double place)
        {
            var free = (int)Math.Round(side * augmentation.Scale) - window;
            return free >= 0 ? (int)(place * (free + 1)) : -(int)(place * (1 - free));
        }
    }

    private static double PlainBilinear(RgbImage picture, double x, double y)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (right, down) = (x - left, y - top);
        return ((1 - down) * (((1 - right) * At(left, top)) + (right * At(left + 1, top))))
            + (down * (((1 - right) * At(left, top + 1)) + (right * At(left + 1, top + 1))));

        double At(int column, int row) => picture[Math.Clamp(column, 0, picture.Width - 1), Math.Clamp(row, 0, picture.Height - 1)].R;
    }
}
