namespace FcnSharp.Benchmarks.Charts;

/// <summary>Maps numbers linearly to positions on an axis.</summary>
/// <param name="least">The number at the beginning of the axis.</param>
/// <param name="most">The number at the end of the axis; greater than <paramref name="least"/>.</param>
/// <param name="from">The position of the beginning.</param>
/// <param name="to">The position of the end.</param>
internal readonly struct Scale(double least, double most, double from, double to)
{
    private const int FewestMarks = 4;

    private static readonly double[] Factors = [5, 2, 1];

    public double At(double value) => from + ((value - least) / (most - least) * (to - from));

    /// <summary>Round numbers for the ticks: multiples of 1, 2 or 5 times a power of ten.</summary>
    public IEnumerable<double> Marks()
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10((most - least) / FewestMarks)));
        var length = most - least;
        var distance = Factors.Select(factor => factor * power).First(step => length / step >= FewestMarks);
        for (var mark = Math.Ceiling(least / distance); mark * distance <= most; mark++)
        {
            yield return mark * distance;
        }
    }
}
