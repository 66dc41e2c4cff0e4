using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>
/// Random augmentation of training pictures and their labels. Immutable; change a copy with <c>with</c>.
/// </summary>
/// <remarks>
/// <para>
/// Flip, scale, rotation and crop are a single resampling: the picture is interpolated bilinearly, the labels by nearest neighbour. Pixels
/// outside the picture are zero after normalisation, like the network's padding, and have the ignored id.
/// A picture that is reduced by a factor above 1.5 is halved repeatedly first, to avoid aliasing.
/// </para>
/// <para>
/// A colour value <c>v</c> (0 to 255) becomes <c>c (b v) + (1 - c) (b m)</c>, with the brightness factor b, the contrast factor c and the
/// picture's mean grey m; then <c>s v + (1 - s) g</c>, with the saturation factor s and the pixel's grey g; then each channel is
/// multiplied by its gain, and the values are clipped to 0 and 255. Grey is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). In a shadow, b is
/// multiplied by the shadow's factor. Labels are not changed.
/// </para>
/// <para>Random numbers depend only on the seed, the epoch and the position in the epoch: a repeated run gets the same pictures.</para>
/// </remarks>
public sealed record AugmentationOptions
{
    /// <summary>No augmentation: whole pictures, unchanged.</summary>
    public static AugmentationOptions None { get; } = new();

    /// <summary>
    /// For street scenes and similar pictures, where left and right may be swapped but not up and down: flips, half to double size,
    /// rotations up to 5 degrees, colour changes up to a quarter, crops of 256x256 pixels.
    /// </summary>
    public static AugmentationOptions Default { get; } = new()
    {
        FlipChance = 0.5,
        MinScale = 0.5,
        MaxScale = 2,
        MaxRotationDegrees = 5,
        Brightness = 0.25,
        Contrast = 0.25,
        Saturation = 0.25,
        CropWidth = 256,
        CropHeight = 256,
    };

    /// <summary>Probability, 0 to 1, of a horizontal flip. The default is 0; 0.5 suits most scenes, but not text.</summary>
    public double FlipChance
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(FlipChance), "Use 0.5 to flip half of the pictures.");
    }

    /// <summary>
    /// Smallest scale factor of a picture's sides, 0.05 to 20; at most <see cref="MaxScale"/>. The default is 1.
    /// Factors are distributed uniformly on a logarithmic scale: halving is as likely as doubling.
    /// </summary>
    public double MinScale
    {
        get;
        init => field = Guard.InRange(value, 0.05, 20, nameof(MinScale), "Use 1 to keep the size.");
    } = 1;

    /// <summary>Largest scale factor of a picture's sides, 0.05 to 20; at least <see cref="MinScale"/>. The default is 1.</summary>
    public double MaxScale
    {
        get;
        init => field = Guard.InRange(value, 0.05, 20, nameof(MaxScale), "Use 1 to keep the size.");
    } = 1;

    /// <summary>
    /// Largest rotation angle, 0 to 180 degrees; angles are distributed uniformly between minus and plus this value, around the centre of
    /// the crop. The default is 0.
    /// </summary>
    public double MaxRotationDegrees
    {
        get;
        init => field = Guard.InRange(value, 0, 180, nameof(MaxRotationDegrees), "Use 0 to keep pictures upright.");
    }

    /// <summary>Range of the brightness factors, 0 to 1: they are distributed uniformly between 1 - this and 1 + this. The default, 0,
    /// keeps the brightness.</summary>
    public double Brightness
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(Brightness), "0.25 draws factors from 0.75 to 1.25.");
    }

    /// <summary>Range of the contrast factors, 0 to 1: they are distributed uniformly between 1 - this and 1 + this, and apply around the
    /// picture's mean grey. The default, 0, keeps the contrast.</summary>
    public double Contrast
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(Contrast), "0.25 draws factors from 0.75 to 1.25.");
    }

    /// <summary>Range of the saturation factors, 0 to 1: they are distributed uniformly between 1 - this and 1 + this; a factor of 0 gives
    /// grey. The default, 0, keeps the saturation.</summary>
    public double Saturation
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(Saturation), "0.25 draws factors from 0.75 to 1.25.");
    }

    /// <summary>Range of the gains of red, green and blue, 0 to 1: they are distributed uniformly between 1 - this and 1 + this, and
    /// imitate light of another colour. The default, 0, keeps the colour balance.</summary>
    public double ChannelGain
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(ChannelGain), "0.08 draws factors from 0.92 to 1.08.");
    }

    /// <summary>
    /// Probability, 0 to 1, of a shadow: a straight edge at a random place and angle, on one side of which the picture is darker. It
    /// keeps a network from taking shaded ground for another kind of ground. The default is 0.
    /// </summary>
    public double ShadowChance
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(ShadowChance), "Use 0.5 to shade half of the pictures.");
    }

    /// <summary>Range of the brightness in shadows, 0 to 1: factors are distributed uniformly between 1 - this and 1. The default is
    /// 0.6.</summary>
    public double ShadowDarkness
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(ShadowDarkness), "0.6 draws factors from 0.4 to 1.");
    } = 0.6;

    /// <summary>
    /// Columns of the random crop, in pixels, 1 to 32768; a narrower scaled picture is placed at random in the crop. Null, the default,
    /// means the width of the picture before scaling; the pictures of a batch are then padded on the right to the widest.
    /// </summary>
    public int? CropWidth
    {
        get;
        init => field = value is { } width ? Guard.InRange(width, 1, 32768, nameof(CropWidth), "Omit it for whole pictures.") : null;
    }

    /// <summary>Rows of the random crop, like <see cref="CropWidth"/>; if it is null, the pictures of a batch are padded at the bottom to
    /// the tallest.</summary>
    public int? CropHeight
    {
        get;
        init =>
            field = value is { } height
                ? Guard.InRange(height, 1, 32768, nameof(CropHeight), "Omit it for whole pictures.")
                : null;
    }
}
