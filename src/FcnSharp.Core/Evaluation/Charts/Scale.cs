namespace FcnSharp.Evaluation.Charts;

/// <summary>Where numbers lie along a line of a picture.</summary>
/// <param name="most">The number at its end, above 0, which is at its beginning.</param>
/// <param name="from">Where it begins.</param>
/// <param name="to">Where it ends.</param>
internal readonly struct Scale(double most, double from, double to)
{
    private const int FewestMarks = 4;

    private static readonly double[] Factors = [5, 2, 1];

    /// <summary>A scale that ends with a mark, the first one that is not below <paramref name="most"/>.</summary>
    public static Scale UpToAMark(double most, double from, double to)
    {
        var distance = MarkDistance(most);
        return new Scale(Math.Ceiling(most / distance) * distance, from, to);
    }

    public double At(double value) => from + (value / most * (to - from));

    /// <summary>Round numbers to write beside it: multiples of 1, 2 or 5 times a power of ten.</summary>
    public IEnumerable<double> Marks()
    {
        // Of a sum of distances, rounding would lose the last mark.
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
