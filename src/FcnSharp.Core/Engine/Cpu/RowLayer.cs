namespace FcnSharp.Engine.Cpu;

/// <summary>A layer that can compute some rows of its output, so that the map never exists as a whole.</summary>
/// <param name="name">The name of the operation in the graph.</param>
/// <param name="outChannels">Channels of its output.</param>
internal abstract class RowLayer(string name, int outChannels) : Layer(name)
{
    public int OutChannels => outChannels;

    /// <summary>Whether it can write some of its rows: not dilated, not pooled and not added to others.</summary>
    public virtual bool IsPlain => true;

    /// <summary>Columns and rows of its output, before a pool.</summary>
    public abstract MapSize OutputSize(LayerCall call);

    /// <summary>What all rows need: transformed filters. The caller returns the buffer; null where nothing is needed.</summary>
    public virtual ScratchBuffer? Prepare(Workers workers) => null;

    /// <summary>Computes rows of the output, or of what is pooled from it.</summary>
    /// <param name="call">Its output takes the rows.</param>
    /// <param name="prepared">What <see cref="Prepare"/> gave.</param>
    /// <param name="firstRow">The first row, counted in the whole output before a pool.</param>
    /// <param name="endRow">Behind the last one.</param>
    /// <param name="outputRow">Where the first goes; it may lie in the border.</param>
    public abstract void RunRows(LayerCall call, ScratchBuffer? prepared, int firstRow, int endRow, int outputRow);
}
