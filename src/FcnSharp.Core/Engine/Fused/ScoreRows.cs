namespace FcnSharp.Engine.Fused;

/// <summary>
/// Rows of the final scores, computed when they are asked for, so that full-size score maps never exist. One for each thread.
/// The two rows asked for last are kept: resizing to a larger picture needs them again.
/// </summary>
internal sealed unsafe class ScoreRows
{
    private readonly UpsamplingLayer layer;
    private readonly ChannelMap coarse;
    private readonly int width;
    private readonly float* memory;
    private readonly int[] kept = [-1, -1];

    /// <param name="layer">The last upsampler.</param>
    /// <param name="coarse">Its input.</param>
    /// <param name="width">Columns of the scores.</param>
    /// <param name="memory"><see cref="FloatsFor"/> floats.</param>
    public ScoreRows(UpsamplingLayer layer, ChannelMap coarse, int width, float* memory)
    {
        (this.layer, this.coarse, this.width) = (layer, coarse, width);
        this.memory = memory;
    }

    public static long FloatsFor(UpsamplingLayer layer, int width) => 2L * layer.RowLength(width);

    /// <summary>The scores of one row, a cell every <see cref="UpsamplingLayer.RowCellStride"/> floats. Valid until the second next other
    /// row.</summary>
    public float* Row(int y)
    {
        var slot = y & 1;
        var row = memory + ((long)slot * layer.RowLength(width));
        if (kept[slot] != y)
        {
            layer.Row(coarse, y, width, row);
            kept[slot] = y;
        }

        return row;
    }
}
