namespace FcnSharp.Networks.Graphs;

/// <summary>The sum of two maps of the same size and channel count, with an optional ReLU.</summary>
/// <param name="name">Name of the operation, unique in the graph.</param>
/// <param name="first">One map.</param>
/// <param name="second">The other.</param>
public sealed class AddNode(string name, GraphNode first, GraphNode second)
    : GraphNode(name, SameChannels(name, first, second), first, second)
{
    /// <summary>Whether a ReLU follows. The default is false.</summary>
    public bool Relu { get; init; }

    /// <inheritdoc/>
    public override string Description => Relu ? "sum, ReLU" : "sum";

    /// <summary>The other one of its inputs.</summary>
    internal GraphNode OtherThan(GraphNode input) => Inputs[0] == input ? Inputs[1] : Inputs[0];

    internal override long OutputSize(Func<GraphNode, long> sizeOf) =>
        sizeOf(Inputs[0]) == sizeOf(Inputs[1])
            ? sizeOf(Inputs[0])
            : throw new ArgumentException($"{Name} adds maps of {sizeOf(Inputs[0])} and {sizeOf(Inputs[1])} cells along one axis: " +
                $"{Inputs[0].Name} and {Inputs[1].Name}. Crop or pad one of them first.");

    internal override GraphNode On(ReadOnlySpan<GraphNode> inputs) => new AddNode(Name, inputs[0], inputs[1]) { Relu = Relu };

    internal override CellGrid Grid(Func<GraphNode, CellGrid> gridOf) => gridOf(Inputs[0]).Joined(gridOf(Inputs[1]));

    private static int SameChannels(string name, GraphNode first, GraphNode second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Channels == second.Channels
            ? first.Channels
            : throw new ArgumentException(
                $"{name} adds maps of {first.Channels} and {second.Channels} channels: {first.Name} and {second.Name}. Make them equal.",
                nameof(second));
    }
}
