using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>Opacity, colours, outlines and legend of an overlay. Immutable; change a copy with <c>with</c>.</summary>
public sealed record OverlayOptions
{
    /// <summary>Opacity of the class colour: 0 (only the photo) to 1 (only the colour). The default is 0.5.</summary>
    public double Opacity
    {
        get;
        init => field = Guard.Fraction(value, nameof(Opacity), "0 shows only the photo, 1 only the class colours.");
    } = 0.5;

    /// <summary>A class that is not blended, such as 0 for a background; <see langword="null"/>, the default, means none.</summary>
    public int? UnblendedId
    {
        get;
        init => field = value is { } id ? Guard.InRange(id, 0, 255, nameof(UnblendedId), "Class ids are bytes; null means none.") : null;
    }

    /// <summary>Colours of the classes; an id beyond them is black. <see langword="null"/>, the default, means
    /// <see cref="ClassList.OverlayPalette"/>.</summary>
    public Palette? Palette { get; init; }

    /// <summary>
    /// Width of the border of every region, which is drawn in the colour of its class, in pixels, 0 to 100; 0 draws none.
    /// <see langword="null"/>, the default, means one pixel for every 600 of the picture's longer side, at least 1.
    /// </summary>
    public int? OutlineWidth
    {
        get;
        init => field = value is { } width ? Guard.InRange(width, 0, 100, nameof(OutlineWidth), "0 draws no outlines.") : null;
    }

    /// <summary>Whether a <see cref="Imaging.Legend"/> is added below the picture, which makes the result taller. The default is
    /// false.</summary>
    public bool Legend { get; init; }
}
