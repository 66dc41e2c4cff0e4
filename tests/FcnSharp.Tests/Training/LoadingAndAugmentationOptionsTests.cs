using FcnSharp.Training;

namespace FcnSharp.Torch.Tests.Training;

public class LoadingAndAugmentationOptionsTests
{
    [Fact]
    public void None_ChangesNothing() => Assert.Equal(new AugmentationOptions(), AugmentationOptions.None);

    [Fact]
    public void Augmentation_ValuesOutOfRange_AreRefusedByName()
    {
        Refused(nameof(AugmentationOptions.FlipChance), () => new AugmentationOptions { FlipChance = 1.1 });
        Refused(nameof(AugmentationOptions.MinScale), () => new AugmentationOptions { MinScale = 0 });
        Refused(nameof(AugmentationOptions.MaxScale), () => new AugmentationOptions { MaxScale = double.NaN });
        Refused(nameof(AugmentationOptions.MaxRotationDegrees), () => new AugmentationOptions { MaxRotationDegrees = -1 });
        Refused(nameof(AugmentationOptions.Brightness), () => new AugmentationOptions { Brightness = 2 });
        Refused(nameof(AugmentationOptions.Contrast), () => new AugmentationOptions { Contrast = -0.1 });
        Refused(nameof(AugmentationOptions.Saturation), () => new AugmentationOptions { Saturation = 25 });
        Refused(nameof(AugmentationOptions.ChannelGain), () => new AugmentationOptions { ChannelGain = 1.5 });
        Refused(nameof(AugmentationOptions.ShadowChance), () => new AugmentationOptions { ShadowChance = -0.5 });
        Refused(nameof(AugmentationOptions.ShadowDarkness), () => new AugmentationOptions { ShadowDarkness = 1.01 });
        Refused(nameof(AugmentationOptions.CropWidth), () => new AugmentationOptions { CropWidth = 0 });
        Refused(nameof(AugmentationOptions.CropHeight), () => new AugmentationOptions { CropHeight = 1 << 20 });
    }

    [Fact]
    public void Loading_ValuesOutOfRange_AreRefusedByName()
    {
        Refused(nameof(LoadingOptions.Workers), () => new LoadingOptions { Workers = 0 });
        Refused(nameof(LoadingOptions.CacheBytes), () => new LoadingOptions { CacheBytes = -1 });
        Refused(nameof(LoadingOptions.PrefetchedBatches), () => new LoadingOptions { PrefetchedBatches = 0 });
    }

    private static void Refused(string name, Func<object> make)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(make);

        Assert.Equal(name, error.ParamName);
        Assert.StartsWith($"{name} must be ", error.Message);
    }
}
