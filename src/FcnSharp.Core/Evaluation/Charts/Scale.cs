namespace FcnSharp.Evaluation.Charts;

/// <summary>Maps numbers from 0 linearly to positions on an axis.</summary>
/// <param name="most">The number at the end of the axis, greater than 0.</param>
/// <param name="from">The position of the beginning, of 0.</param>
/// <param name="to">The position of the end.</param>
internal readonly struct Scale(double most, double from, double to)
{
    private const int FewestMarks = 4;

    private static readonly double[] Factors = [5, 2, 1];

    /// <summary>A scale that ends with the first tick that is not below <paramref name="most"/>.</summary>
    public static Scale UpToAMark(double most, double from, double to)
    {
        var distance = MarkDistance(most);
        return new Scale(Math.Ceiling(most / distance) * distance, from, to);
    }

    public double At(double value) => from + (value / most * (to - from));

    /// <summary>Round numbers for the ticks: multiples of 1, 2 or 5 times a power of ten.</summary>
    public IEnumerable<double> Marks()
    {
        // Products instead of a running sum, whose rounding errors could lose the last tick.
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
