namespace FcnSharp.Engine.Plain;

/// <summary>
/// Which cells of an output map a convolution writes: those at (StartY + Step * i, StartX + Step * j). A convolution of stride 1 writes all
/// of them; a transposed convolution of stride s is s * s convolutions that each write every s-th cell.
/// </summary>
internal readonly record struct OutputGrid(int StartY, int StartX, int Step)
{
    public static OutputGrid All { get; } = new(0, 0, 1);

    public int RowsIn(FeatureMap output) => Count(output.Height - StartY);

    public int ColumnsIn(FeatureMap output) => Count(output.Width - StartX);

    private int Count(int room) => room <= 0 ? 0 : ((room - 1) / Step) + 1;
}
