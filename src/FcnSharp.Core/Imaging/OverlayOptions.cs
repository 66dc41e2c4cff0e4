using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>How classes are laid over a picture. Immutable; change a copy with <c>with</c>.</summary>
public sealed record OverlayOptions
{
    /// <summary>How much of the class colour shows: 0 (the photo alone) to 1 (the colour alone); by default 0.5.</summary>
    public double Opacity
    {
        get;
        init => field = Guard.Fraction(value, nameof(Opacity), "0 shows the photo alone, 1 the class colours alone.");
    } = 0.5;

    /// <summary>A class that stays photo, such as 0 for a background; <see langword="null"/> (the default) means none.</summary>
    public int? UnblendedId
    {
        get;
        init => field = value is { } id ? Guard.InRange(id, 0, 255, nameof(UnblendedId), "Class ids are bytes; null means none.") : null;
    }

    /// <summary>Whether a <see cref="Imaging.Legend"/> is set beside the picture, which makes the result wider. By default not.</summary>
    public bool Legend { get; init; }
}
