namespace FcnSharp.Imaging;

/// <summary>Processes independent rows of a picture, in parallel if the picture is large.</summary>
internal static class RowLoop
{
    private const long WorthThreads = 1 << 18;

    /// <param name="rows">Number of rows; <paramref name="body"/> is called once for each index, in no particular order.</param>
    /// <param name="pixels">Total work, in pixels.</param>
    /// <param name="body">Processes a row. It must write only to its own row, so that the result does not depend on the number of
    /// cores.</param>
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
