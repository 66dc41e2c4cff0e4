namespace FcnSharp.Engine.Cpu;

/// <summary>
/// Rows of the final scores, computed when they are asked for, so that full-size score maps never exist. One for each thread.
/// The two rows asked for last are kept: resizing to a larger picture needs them again.
/// </summary>
internal sealed unsafe class ScoreRows
{
    private readonly RowWriter write;
    private readonly int rowLength;
    private readonly float* memory;
    private readonly int[] kept = [-1, -1];

    /// <param name="write">Computes a row.</param>
    /// <param name="rowLength">Floats that a row takes.</param>
    /// <param name="memory">Twice as many floats.</param>
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
