namespace FcnSharp.Training.Loading;

/// <summary>The positions of the pixels of a window's row in a picture, counted from the picture's corner, in fixed point.</summary>
/// <param name="X">Column of the first pixel.</param>
/// <param name="Y">Row of the first pixel.</param>
/// <param name="StepX">Columns from one pixel to the next.</param>
/// <param name="StepY">Rows from one pixel to the next.</param>
internal readonly record struct SourceRow(long X, long Y, long StepX, long StepY)
{
    public const int FractionBits = 24;
    public const long One = 1L << FractionBits;
    public const long Half = One / 2;

    public static long Fixed(double value) => (long)Math.Round(value * One);

    /// <summary>The same row in a picture after a number of halvings.</summary>
    public SourceRow Halved(int times) => new(X >> times, Y >> times, StepX >> times, StepY >> times);

    /// <summary>The range of the first <paramref name="columns"/> pixels that is inside a picture, which is contiguous. An empty range has
    /// equal numbers.</summary>
    public (int From, int To) Inside(int columns, int width, int height)
    {
        var (from, to) = (0L, (long)columns);
        Narrow(X, StepX, width * One, ref from, ref to);
        Narrow(Y, StepY, height * One, ref from, ref to);
        return from < to ? ((int)from, (int)to) : (0, 0);
    }

    /// <summary>Keeps the numbers n for which 0 &lt;= start + n step &lt; end.</summary>
    private static void Narrow(long start, long step, long end, ref long from, ref long to)
    {
        if (step < 0)
        {
            (start, step) = (end - 1 - start, -step);
        }

        if (step == 0)
        {
            to = start >= 0 && start < end ? to : from;
            return;
        }

        from = Math.Max(from, CeilingOfRatio(-start, step));
        to = Math.Min(to, CeilingOfRatio(end - start, step));
    }

    private static long CeilingOfRatio(long dividend, long divisor) => (dividend / divisor) + (dividend % divisor > 0 ? 1 : 0);
}
