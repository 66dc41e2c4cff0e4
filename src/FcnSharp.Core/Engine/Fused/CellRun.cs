namespace FcnSharp.Engine.Fused;

/// <summary>Up to six neighbouring output cells: where their input and their output start, in floats from the maps' first cells.</summary>
internal readonly record struct CellRun(nint Input, nint Output, int Cells)
{
    /// <summary>Cuts the rows of an output map into runs.</summary>
    /// <param name="input">What is read; cell (offset, offset) of it belongs to the output's first.</param>
    /// <param name="output">What is written.</param>
    /// <param name="offset">Input cells to skip at the top and the left.</param>
    public static CellRun[] Of(ChannelMap input, ChannelMap output, int offset)
    {
        var (rows, columns) = (output.Height, output.Width);
        if (offset == 0 && input.Width == columns && input.Height == rows && input.Border == 0 && output.Border == 0)
        {
            // Rows follow one another without a gap: one long row has fewer ends.
            (rows, columns) = (1, rows * columns);
        }

        var runs = new List<CellRun>();
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x += GemmKernel.Rows)
            {
                var from = ((y + offset) * input.RowStride) + ((long)(x + offset) * input.Stride);
                var to = (y * output.RowStride) + ((long)x * output.Stride);
                runs.Add(new CellRun((nint)from, (nint)to, Math.Min(GemmKernel.Rows, columns - x)));
            }
        }

        return [.. runs];
    }
}
