using FcnSharp.Networks;

namespace FcnSharp.Training.Loading;

/// <summary>The parameters of one picture's augmentation.</summary>
/// <param name="Flip">Whether left and right are swapped.</param>
/// <param name="Scale">Factor of the picture's sides.</param>
/// <param name="Degrees">Rotation of the window in the picture, in degrees.</param>
/// <param name="Across">Horizontal position of the window in its free range, at least 0 and below 1.</param>
/// <param name="Down">Vertical position of the window in its free range, at least 0 and below 1.</param>
/// <param name="Brightness">Factor of the brightness.</param>
/// <param name="Contrast">Factor of the contrast.</param>
/// <param name="Saturation">Factor of the saturation.</param>
/// <param name="Gains">Factor of each channel.</param>
/// <param name="Shadow">The shadow; null for none.</param>
internal readonly record struct Augmentation(
    bool Flip, double Scale, double Degrees, double Across, double Down, double Brightness, double Contrast, double Saturation,
    ChannelValues Gains, Shadow? Shadow = null)
{
    /// <summary>Whether pixels are copied without interpolation.</summary>
    public bool KeepsPixels => Scale == 1 && Degrees == 0;

    /// <summary>Whether colours are not changed.</summary>
    public bool KeepsColors => Brightness == 1 && Contrast == 1 && Saturation == 1 && Gains == new ChannelValues(1, 1, 1)
        && Shadow is null;

    /// <summary>Draws random parameters. The number of random numbers is constant, so that an option does not change the draws of
    /// others.</summary>
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
            Gains: new ChannelValues(Gain(ref random), Gain(ref random), Gain(ref random)),
            Shadow: ShadowOrNone(ref random));

        float Gain(ref SeededRandom random) => (float)(1 + (options.ChannelGain * Centered(ref random)));

        Shadow? ShadowOrNone(ref SeededRandom random)
        {
            var isThere = random.NextUnit() < options.ShadowChance;
            var shadow = new Shadow(
                Across: random.NextUnit(), Down: random.NextUnit(), Degrees: 360 * random.NextUnit(),
                Brightness: 1 - (options.ShadowDarkness * random.NextUnit()));
            return isThere ? shadow : null;
        }

        static double Centered(ref SeededRandom random) => (2 * random.NextUnit()) - 1;
    }
}
