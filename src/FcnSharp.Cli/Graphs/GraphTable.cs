using FcnSharp.Cli.Terminal;
using FcnSharp.Networks.Graphs;
using Spectre.Console;

namespace FcnSharp.Cli.Graphs;

/// <summary>Prints a network's graph as a table with one row per operation.</summary>
internal static class GraphTable
{
    public static void Print(NetworkGraph graph)
    {
        var table = Consoles.Table("name", "operation", "reads", "channels", "stride", "receptive field");
        foreach (var column in table.Columns.Skip(3))
        {
            column.RightAligned();
        }

        foreach (var node in graph.Nodes)
        {
            var grid = graph.GridOf(node);
            table.AddTexts(
                node.Name, node.Description, string.Join(", ", node.Inputs.Select(input => input.Name)), $"{node.Channels}",
                $"{grid.Stride:0.##}", $"{grid.Field:0.##}");
        }

        Consoles.Out.Write(table);
    }
}
