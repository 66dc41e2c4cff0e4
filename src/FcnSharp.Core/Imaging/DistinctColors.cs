namespace FcnSharp.Imaging;

/// <summary>Picks well-separated colours: each one is the grid colour that is farthest from all earlier ones, black and white.</summary>
internal static class DistinctColors
{
    /// <summary>Number of colours; id 255 stays free for ignored pixels.</summary>
    public const int Most = 255;

    // 16 levels per channel: 0, 17, ..., 255.
    private const int Levels = 16;
    private const int Step = 255 / (Levels - 1);

    private static readonly Lazy<RgbColor[]> Picked = new(Pick);

    /// <summary>All colours, in the order they were picked.</summary>
    public static IReadOnlyList<RgbColor> All => Picked.Value;

    private static RgbColor[] Pick()
    {
        var grid = new RgbColor[Levels * Levels * Levels];
        var places = new OkLab[grid.Length];
        var distances = new double[grid.Length];
        for (var i = 0; i < grid.Length; i++)
        {
            grid[i] = new RgbColor((byte)(i / (Levels * Levels) * Step), (byte)(i / Levels % Levels * Step), (byte)(i % Levels * Step));
            places[i] = OkLab.From(grid[i]);
            distances[i] = double.MaxValue;
        }

        Approach(OkLab.From(new RgbColor(0, 0, 0)), places, distances);
        Approach(OkLab.From(new RgbColor(255, 255, 255)), places, distances);
        var picked = new RgbColor[Most];
        for (var n = 0; n < Most; n++)
        {
            var farthest = Farthest(distances);
            picked[n] = grid[farthest];
            Approach(places[farthest], places, distances);
        }

        return picked;
    }

    private static void Approach(OkLab taken, OkLab[] places, double[] distances)
    {
        for (var i = 0; i < places.Length; i++)
        {
            // Rounded, so that differences of Math.Pow or Math.Cbrt in the last bit between processors do not change the choice.
            distances[i] = Math.Min(distances[i], Math.Round(places[i].SquaredDistance(taken), 9));
        }
    }

    private static int Farthest(double[] distances)
    {
        var best = 0;
        for (var i = 1; i < distances.Length; i++)
        {
            best = distances[i] > distances[best] ? i : best;
        }

        return best;
    }
}
