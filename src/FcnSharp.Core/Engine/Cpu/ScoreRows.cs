namespace FcnSharp.Engine.Cpu;

/// <summary>
/// Rows of the final scores, computed on request, so that full-size score maps never exist. Each thread has its own.
/// The last two requested rows are cached: resizing to a larger picture needs them again.
/// </summary>
internal sealed unsafe class ScoreRows
{
    private readonly RowWriter write;
    private readonly int rowLength;
    private readonly float* memory;
    private readonly int[] kept = [-1, -1];

    /// <param name="write">Computes a row.</param>
    /// <param name="rowLength">Floats of a row.</param>
    /// <param name="memory">Memory for two rows.</param>
    public ScoreRows(RowWriter write, int rowLength, float* memory)
    {
        (this.write, this.rowLength) = (write, rowLength);
        this.memory = memory;
    }

    /// <summary>The scores of one row, a cell every <see cref="RowSource.CellStride"/> floats. Valid until two further rows have been
    /// requested.</summary>
    public float* Row(int y)
    {
        var slot = y & 1;
        var row = memory + ((long)slot * rowLength);
        if (kept[slot] != y)
        {
            write(y, row);
            kept[slot] = y;
        }

        return row;
    }
}
