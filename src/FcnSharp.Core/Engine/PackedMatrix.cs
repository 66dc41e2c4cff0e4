namespace FcnSharp.Engine;

/// <summary>The right matrix of a product, (Depth, Columns), cut into panels of <see cref="MatrixKernel.PanelWidth"/> columns, padded with zeros.</summary>
internal sealed class PackedMatrix
{
    private readonly float[][] panels;

    /// <summary>Packs a matrix.</summary>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="value">The element at a row and a column.</param>
    public PackedMatrix(int depth, int columns, Func<int, int, float> value)
    {
        (Depth, Columns) = (depth, columns);
        var width = MatrixKernel.PanelWidth;
        panels = new float[(columns + width - 1) / width][];
        Parallel.For(0, panels.Length, index =>
        {
            var panel = new float[depth * width];
            var first = index * width;
            for (var row = 0; row < depth; row++)
            {
                for (var column = first; column < Math.Min(first + width, columns); column++)
                {
                    panel[(row * width) + column - first] = value(row, column);
                }
            }

            panels[index] = panel;
        });
    }

    public int Depth { get; }

    public int Columns { get; }

    public int PanelCount => panels.Length;

    public ReadOnlySpan<float> Panel(int index) => panels[index];
}
