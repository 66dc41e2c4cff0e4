namespace FcnSharp.Engine.Kernels;

/// <summary>Weights as a matrix, (Depth, Columns), packed in panels of some columns each; the surplus is zeros.</summary>
internal sealed unsafe class PanelMatrix
{
    private readonly AlignedBuffer buffer;

    public PanelMatrix(int depth, int columns, int panelWidth)
    {
        (Depth, Columns, PanelWidth) = (depth, columns, panelWidth);
        PanelCount = (columns + PanelWidth - 1) / PanelWidth;
        buffer = new AlignedBuffer((long)PanelCount * depth * PanelWidth);
        buffer.Values.Clear();
    }

    public int Depth { get; }

    public int Columns { get; }

    public int PanelWidth { get; }

    public int PanelCount { get; }

    /// <summary>Columns with the surplus.</summary>
    public int PaddedColumns => PanelCount * PanelWidth;

    public ref float this[int row, int column]
    {
        get
        {
            var (panel, lane) = Math.DivRem(column, PanelWidth);
            return ref buffer.Pointer[((((long)panel * Depth) + row) * PanelWidth) + lane];
        }
    }

    /// <summary>The panel from a row on.</summary>
    public float* Panel(int index, int row = 0) => buffer.Pointer + ((((long)index * Depth) + row) * PanelWidth);
}
