using System.Globalization;
using System.Text;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Cli.Graphs;

/// <summary>A network's graph as a Mermaid flowchart.</summary>
internal static class MermaidChart
{
    /// <summary>The chart's text. A dotted arrow leads from an operation whose size is read to the one that reads it.</summary>
    public static string Of(NetworkGraph graph)
    {
        var text = new StringBuilder("flowchart TD\n");
        foreach (var (index, node) in graph.Nodes.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"  n{index}[\"{Label(graph, node)}\"]\n");
        }

        foreach (var (index, node) in graph.Nodes.Index())
        {
            foreach (var input in node.Inputs)
            {
                var arrow = input == SizeGiver(node) ? "-. size .->" : "-->";
                text.Append(CultureInfo.InvariantCulture, $"  n{graph.Nodes.IndexOf(input)} {arrow} n{index}\n");
            }
        }

        return text.ToString();
    }

    private static string Label(NetworkGraph graph, GraphNode node) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Escaped(node.Name)}<br/>{Escaped(node.Description)}<br/>{node.Channels} channels, stride {graph.GridOf(node).Stride:0.##}");

    /// <summary>The operation whose size this one takes over; null where it takes none.</summary>
    private static GraphNode? SizeGiver(GraphNode node) => node switch
    {
        CropNode crop => crop.Like,
        ResizeNode resize => resize.Like,
        _ => null,
    };

    /// <summary>Mermaid writes characters with a meaning of their own as <c>#number;</c>.</summary>
    private static string Escaped(string text) => string.Concat(text.Select(letter =>
        char.IsLetterOrDigit(letter) || letter is ' ' or '.' or ',' or '_' or '-' ? $"{letter}" : $"#{(int)letter};"));
}
