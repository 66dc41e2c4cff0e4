namespace FcnSharp.Engine;

/// <summary>Weights as a matrix, (Depth, Columns), packed in panels of <see cref="GemmKernel.PanelWidth"/> columns; the surplus is zeros.</summary>
internal sealed unsafe class PanelMatrix
{
    private readonly AlignedBuffer buffer;

    public PanelMatrix(int depth, int columns)
    {
        (Depth, Columns) = (depth, columns);
        PanelCount = (columns + GemmKernel.PanelWidth - 1) / GemmKernel.PanelWidth;
        buffer = new AlignedBuffer((long)PanelCount * depth * GemmKernel.PanelWidth);
        buffer.Values.Clear();
    }

    public int Depth { get; }

    public int Columns { get; }

    public int PanelCount { get; }

    /// <summary>Columns with the surplus.</summary>
    public int PaddedColumns => PanelCount * GemmKernel.PanelWidth;

    public ref float this[int row, int column]
    {
        get
        {
            var (panel, lane) = Math.DivRem(column, GemmKernel.PanelWidth);
            return ref buffer.Pointer[((((long)panel * Depth) + row) * GemmKernel.PanelWidth) + lane];
        }
    }

    /// <summary>The panel from a row on.</summary>
    public float* Panel(int index, int row = 0) => buffer.Pointer + ((((long)index * Depth) + row) * GemmKernel.PanelWidth);
}
