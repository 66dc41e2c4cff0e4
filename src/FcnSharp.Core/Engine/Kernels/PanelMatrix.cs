namespace FcnSharp.Engine.Kernels;

/// <summary>Weights as a matrix, (Depth, Columns), packed in panels of <see cref="PanelWidth"/> columns; padding columns are
/// zero.</summary>
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

    /// <summary>Columns including padding.</summary>
    public int PaddedColumns => PanelCount * PanelWidth;

    public ref float this[int row, int column]
    {
        get
        {
            var (panel, lane) = Math.DivRem(column, PanelWidth);
            return ref buffer.Pointer[((((long)panel * Depth) + row) * PanelWidth) + lane];
        }
    }

    /// <summary>Address of a row of a panel.</summary>
    public float* Panel(int index, int row = 0) => buffer.Pointer + ((((long)index * Depth) + row) * PanelWidth);
}

/// <summary>Pinned floats, aligned to a cache line, so that kernels can hold pointers to them.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int CacheLine = 64;

    // Pinned for its whole lifetime: the pointer below is valid as long as this object is reachable.
    private readonly float[] pinned;

    /// <summary>Allocates memory; the values are undefined.</summary>
    /// <param name="length">Number of floats.</param>
    public AlignedBuffer(long length)
    {
        Length = length;
        pinned = GC.AllocateUninitializedArray<float>(checked((int)length) + (CacheLine / sizeof(float)), pinned: true);
        var address = (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref pinned[0]);
        Pointer = (float*)((address + CacheLine - 1) & ~(nuint)(CacheLine - 1));
    }

    public long Length { get; }

    public float* Pointer { get; }

    public Span<float> Values => new(Pointer, (int)Length);
}
