namespace FcnSharp.Benchmarks.Charts;

/// <summary>Where numbers lie along a line of a picture.</summary>
/// <param name="least">The number at its beginning.</param>
/// <param name="most">The number at its end, above the least.</param>
/// <param name="from">Where it begins.</param>
/// <param name="to">Where it ends.</param>
internal readonly struct Scale(double least, double most, double from, double to)
{
    private const int FewestMarks = 4;

    private static readonly double[] Factors = [5, 2, 1];

    public double At(double value) => from + ((value - least) / (most - least) * (to - from));

    /// <summary>Round numbers to write beside it: multiples of 1, 2 or 5 times a power of ten.</summary>
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
