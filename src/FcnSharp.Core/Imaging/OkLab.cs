namespace FcnSharp.Imaging;

/// <summary>
/// A colour in OKLab (Ottosson, 2020, https://bottosson.github.io/posts/oklab), a perceptually uniform colour space;
/// the distance of black and white is 1.
/// </summary>
internal readonly record struct OkLab(double L, double A, double B)
{
    public static OkLab From(RgbColor color)
    {
        var (red, green, blue) = (Linear(color.R), Linear(color.G), Linear(color.B));
        var l = Math.Cbrt((0.4122214708 * red) + (0.5363325363 * green) + (0.0514459929 * blue));
        var m = Math.Cbrt((0.2119034982 * red) + (0.6806995451 * green) + (0.1073969566 * blue));
        var s = Math.Cbrt((0.0883024619 * red) + (0.2817188376 * green) + (0.6299787005 * blue));
        return new OkLab(
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    public double SquaredDistance(OkLab other)
    {
        var (l, a, b) = (L - other.L, A - other.A, B - other.B);
        return (l * l) + (a * a) + (b * b);
    }

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
