namespace FcnSharp.Engine;

/// <summary>Resizes the scores of one view to the result's size, row by row, and undoes mirroring.</summary>
internal sealed class ViewResizer(ScoreView view, int width, int height)
{
    private readonly BilinearAxis columns = new(view.Scores.Width, width);
    private readonly BilinearAxis rows = new(view.Scores.Height, height);

    /// <summary>Computes a row of the result.</summary>
    /// <param name="y">Index of the row.</param>
    /// <param name="row">Receives the row.</param>
    /// <param name="mixed">Scratch memory for at least one row of the view.</param>
    public void Resize(int y, ScoreRow row, Span<float> mixed)
    {
        var (upperRow, lowerRow, fraction) = rows[y];
        mixed = mixed[..view.Scores.Width];
        for (var classId = 0; classId < row.Classes; classId++)
        {
            var upper = view.Scores.Row(classId, upperRow);
            var lower = view.Scores.Row(classId, lowerRow);
            for (var x = 0; x < mixed.Length; x++)
            {
                mixed[x] = upper[x] + ((lower[x] - upper[x]) * fraction);
            }

            columns.Resize(mixed, row.Class(classId));
            if (view.Mirrored)
            {
                row.Class(classId).Reverse();
            }
        }
    }
}
