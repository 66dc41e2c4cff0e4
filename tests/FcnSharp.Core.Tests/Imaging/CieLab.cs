using FcnSharp.Imaging;

namespace FcnSharp.Tests.Imaging;

/// <summary>Colour vision: with all three cones, without those for red, or without those for green.</summary>
public enum Sight
{
    Full,
    NoRed,
    NoGreen,
}

/// <summary>A colour in CIELAB (CIE 15; white D65), where distances are CIE76's delta E.</summary>
internal readonly record struct CieLab(double L, double A, double B)
{
    // Machado, Oliveira and Fernandes, 2009, table 1, severity 1; on linear RGB.
    private static readonly double[] NoRed =
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998];

    private static readonly double[] NoGreen =
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881];

    // IEC 61966-2-1.
    private static readonly double[] ToXyz =
        [0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.0721750, 0.0193339, 0.1191920, 0.9503041];

    public static CieLab Of(RgbColor color, Sight sight)
    {
        double[] linear = [Linear(color.R), Linear(color.G), Linear(color.B)];
        var seen = sight switch
        {
            Sight.NoRed => Times(NoRed, linear),
            Sight.NoGreen => Times(NoGreen, linear),
            _ => linear,
        };
        var xyz = Times(ToXyz, [.. seen.Select(value => Math.Clamp(value, 0, 1))]);
        var (x, y, z) = (Response(xyz[0] / 0.95047), Response(xyz[1]), Response(xyz[2] / 1.08883));
        return new CieLab((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    public double DistanceTo(CieLab other) =>
        Math.Sqrt(Math.Pow(L - other.L, 2) + Math.Pow(A - other.A, 2) + Math.Pow(B - other.B, 2));

    private static double[] Times(double[] matrix, double[] vector) =>
        [.. matrix.Chunk(3).Select(row => row.Zip(vector, (a, b) => a * b).Sum())];

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static double Response(double value) =>
        value > 216.0 / 24389 ? Math.Cbrt(value) : ((24389.0 / 27 * value) + 16) / 116;
}
