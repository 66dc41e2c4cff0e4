using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>
/// How pictures and their labels are varied before they are learned from, each time anew. Immutable; change a copy with <c>with</c>.
/// </summary>
/// <remarks>
/// <para>
/// Flip, scale, rotation and crop are one step: every output pixel is looked up once, the picture bilinearly, the labels at the nearest
/// pixel. What lies outside the picture is zero after normalisation, as in the network's own padding, and has the ignored id.
/// A picture that is made smaller by more than 1.5 is halved first, as often as it takes, so that fine texture does not flicker.
/// </para>
/// <para>
/// Colours go from value <c>v</c> (0 to 255) to <c>c (b v) + (1 - c) (b m)</c>, with the brightness factor b, the contrast factor c and the
/// picture's mean grey m; then to <c>s v + (1 - s) g</c>, with the saturation factor s and the pixel's grey g; then each channel is
/// multiplied by its gain, and they are cut off at 0 and 255. Grey is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). Labels keep what they
/// are.
/// </para>
/// <para>Every draw follows from the seed, the epoch and the place in the epoch alone: a repeated run sees the same pictures.</para>
/// </remarks>
public sealed record AugmentationOptions
{
    /// <summary>Whole pictures as they are.</summary>
    public static AugmentationOptions None { get; } = new();

    /// <summary>
    /// For street scenes and the like, where left and right may be swapped but not up and down: flips, half to double size, up to 5
    /// degrees, colours by a quarter, crops of 256x256 pixels.
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

    /// <summary>Chance, 0 to 1, that left and right are swapped. The default is 0; 0.5 suits most scenes, but not writing.</summary>
    public double FlipChance
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(FlipChance), "Use 0.5 to flip every other picture.");
    }

    /// <summary>
    /// Smallest factor, 0.05 to 20, that a picture's sides are multiplied by; at most <see cref="MaxScale"/>. The default is 1.
    /// Factors are drawn evenly on a logarithmic scale: halves as often as doubles.
    /// </summary>
    public double MinScale
    {
        get;
        init => field = Guard.InRange(value, 0.05, 20, nameof(MinScale), "Use 1 to keep the size.");
    } = 1;

    /// <summary>Largest factor, 0.05 to 20, that a picture's sides are multiplied by; at least <see cref="MinScale"/>. The default is
    /// 1.</summary>
    public double MaxScale
    {
        get;
        init => field = Guard.InRange(value, 0.05, 20, nameof(MaxScale), "Use 1 to keep the size.");
    } = 1;

    /// <summary>
    /// Largest angle, 0 to 180 degrees; angles are drawn evenly from minus to plus this, and turn around the crop's centre. The default is
    /// 0.
    /// </summary>
    public double MaxRotationDegrees
    {
        get;
        init => field = Guard.InRange(value, 0, 180, nameof(MaxRotationDegrees), "Use 0 to keep pictures upright.");
    }

    /// <summary>Brightness factors are drawn evenly from 1 - this to 1 + this; 0 to 1. The default, 0, keeps the brightness.</summary>
    public double Brightness
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(Brightness), "0.25 draws factors from 0.75 to 1.25.");
    }

    /// <summary>Contrast factors, around the picture's mean grey, are drawn evenly from 1 - this to 1 + this; 0 to 1. The default, 0, keeps
    /// the contrast.</summary>
    public double Contrast
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(Contrast), "0.25 draws factors from 0.75 to 1.25.");
    }

    /// <summary>Saturation factors are drawn evenly from 1 - this to 1 + this; 0 to 1, where a factor of 0 is grey. The default, 0, keeps
    /// the saturation.</summary>
    public double Saturation
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(Saturation), "0.25 draws factors from 0.75 to 1.25.");
    }

    /// <summary>Gains, one for each of red, green and blue, are drawn evenly from 1 - this to 1 + this; 0 to 1. They are what light of
    /// another colour does. The default, 0, keeps the colours' balance.</summary>
    public double ChannelGain
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(ChannelGain), "0.08 draws factors from 0.92 to 1.08.");
    }

    /// <summary>
    /// Columns of the part that is cut out at a random place, in pixels, 1 to 32768; where the scaled picture is narrower, it lies
    /// somewhere in it. Null, the default, means as many as the picture has before it is scaled; then pictures of a batch are padded on the
    /// right to its widest.
    /// </summary>
    public int? CropWidth
    {
        get;
        init => field = value is { } width ? Guard.InRange(width, 1, 32768, nameof(CropWidth), "Leave it out for whole pictures.") : null;
    }

    /// <summary>Rows of that part, as <see cref="CropWidth"/>; without it, pictures of a batch are padded at the bottom to its
    /// tallest.</summary>
    public int? CropHeight
    {
        get;
        init =>
            field = value is { } height
                ? Guard.InRange(height, 1, 32768, nameof(CropHeight), "Leave it out for whole pictures.")
                : null;
    }
}
