namespace FcnSharp.Engine.Cpu;

/// <summary>A layer that can compute a range of rows of its output, so that the map need not exist as a whole.</summary>
/// <param name="name">The name of the operation in the graph.</param>
/// <param name="outChannels">Channels of its output.</param>
internal abstract class RowLayer(string name, int outChannels) : Layer(name)
{
    public int OutChannels => outChannels;

    /// <summary>Whether it can compute a range of rows: not dilated, not pooled and not added to another map.</summary>
    public virtual bool IsPlain => true;

    /// <summary>Columns and rows of its output, before pooling.</summary>
    public abstract MapSize OutputSize(LayerCall call);

    /// <summary>Prepares data that all rows need: transformed filters. The caller returns the buffer; null if nothing is
    /// needed.</summary>
    public virtual ScratchBuffer? Prepare(Workers workers) => null;

    /// <summary>Computes a range of rows of the output, or of the pooled output.</summary>
    /// <param name="call">The arguments; its output receives the rows.</param>
    /// <param name="prepared">The result of <see cref="Prepare"/>.</param>
    /// <param name="firstRow">The first row, counted in the whole output before pooling.</param>
    /// <param name="endRow">The row after the last one.</param>
    /// <param name="outputRow">The row of the output map that receives the first row; it may be in the border.</param>
    public abstract void RunRows(LayerCall call, ScratchBuffer? prepared, int firstRow, int endRow, int outputRow);
}
