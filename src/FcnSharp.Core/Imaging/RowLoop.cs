namespace FcnSharp.Imaging;

/// <summary>Runs independent rows of a picture, on all cores when the picture is worth it.</summary>
internal static class RowLoop
{
    private const long WorthThreads = 1 << 18;

    /// <param name="rows">How many rows; <paramref name="body"/> gets each number from 0 once, in no particular order.</param>
    /// <param name="pixels">Work in all, in pixels.</param>
    /// <param name="body">Must write to its own row only, so that the result never depends on the number of cores.</param>
    public static void Run(int rows, long pixels, Action<int> body)
    {
        if (pixels >= WorthThreads)
        {
            Parallel.For(0, rows, body);
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            body(row);
        }
    }
}
