namespace FcnSharp.Evaluation.Charts;

/// <summary>Maps values from 0 up to positions on an axis.</summary>
/// <param name="most">The value at the end of the axis, above 0.</param>
/// <param name="from">The position of 0.</param>
/// <param name="to">The position of the largest value.</param>
internal readonly struct Scale(double most, double from, double to)
{
    private const int FewestMarks = 4;

    /// <summary>The last one is for a power that rounding has made too large.</summary>
    private static readonly double[] Factors = [5, 2, 1, 0.5];

    /// <summary>A scale that ends at the first tick that is not below <paramref name="most"/>.</summary>
    public static Scale UpToAMark(double most, double from, double to)
    {
        var distance = MarkDistance(most);
        return new Scale(Math.Ceiling(most / distance) * distance, from, to);
    }

    public double At(double value) => from + (value / most * (to - from));

    /// <summary>The values of the ticks: multiples of 1, 2 or 5 times a power of ten.</summary>
    public IEnumerable<double> Marks()
    {
        // The small addend keeps rounding from dropping the last tick.
        var distance = MarkDistance(most);
        var count = (int)Math.Floor((most / distance) + 1e-9);
        return Enumerable.Range(0, count + 1).Select(i => i * distance);
    }

    private static double MarkDistance(double most)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(most / FewestMarks)));
        return Factors.Select(factor => factor * power).First(distance => most / distance >= FewestMarks);
    }
}
