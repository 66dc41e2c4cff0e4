using FcnSharp.Networks;

namespace FcnSharp.Training.Loading;

/// <summary>What is done to one picture.</summary>
/// <param name="Flip">Whether left and right are swapped.</param>
/// <param name="Scale">What its sides are multiplied by.</param>
/// <param name="Degrees">How far the window is turned in it.</param>
/// <param name="Across">Where the window lies in what it may move from left to right, from 0 up to 1.</param>
/// <param name="Down">Where the window lies in what it may move from top to bottom, from 0 up to 1.</param>
/// <param name="Brightness">Factor of the brightness.</param>
/// <param name="Contrast">Factor of the contrast.</param>
/// <param name="Saturation">Factor of the saturation.</param>
/// <param name="Gains">Factor of each channel.</param>
internal readonly record struct Augmentation(
    bool Flip, double Scale, double Degrees, double Across, double Down, double Brightness, double Contrast, double Saturation,
    ChannelValues Gains)
{
    /// <summary>Whether every pixel of the window is a pixel of the picture.</summary>
    public bool KeepsPixels => Scale == 1 && Degrees == 0;

    /// <summary>Whether colours stay as they are.</summary>
    public bool KeepsColors => Brightness == 1 && Contrast == 1 && Saturation == 1 && Gains == new ChannelValues(1, 1, 1);

    /// <summary>Draws one. Always as many numbers, so that an option that is switched on changes nothing that the others draw.</summary>
    public static Augmentation Draw(AugmentationOptions options, ulong seed)
    {
        var random = new SeededRandom(seed);
        return new Augmentation(
            Flip: random.NextUnit() < options.FlipChance,
            Scale: options.MinScale * Math.Pow(options.MaxScale / options.MinScale, random.NextUnit()),
            Degrees: options.MaxRotationDegrees * Centered(ref random),
            Across: random.NextUnit(),
            Down: random.NextUnit(),
            Brightness: 1 + (options.Brightness * Centered(ref random)),
            Contrast: 1 + (options.Contrast * Centered(ref random)),
            Saturation: 1 + (options.Saturation * Centered(ref random)),
            Gains: new ChannelValues(Gain(ref random), Gain(ref random), Gain(ref random)));

        float Gain(ref SeededRandom random) => (float)(1 + (options.ChannelGain * Centered(ref random)));

        static double Centered(ref SeededRandom random) => (2 * random.NextUnit()) - 1;
    }
}
