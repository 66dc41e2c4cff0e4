using System.Globalization;
using System.Text;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Cli.Graphs;

/// <summary>Formats a network's graph as a Mermaid flowchart.</summary>
internal static class MermaidChart
{
    /// <summary>The text of the chart. A dotted arrow leads from an operation to one that uses only its size.</summary>
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

    /// <summary>The input whose size an operation uses; null if there is none.</summary>
    private static GraphNode? SizeGiver(GraphNode node) => node switch
    {
        CropNode crop => crop.Like,
        ResizeNode resize => resize.Like,
        _ => null,
    };

    /// <summary>Mermaid escapes special characters as <c>#number;</c>.</summary>
    private static string Escaped(string text) => string.Concat(text.Select(letter =>
        char.IsLetterOrDigit(letter) || letter is ' ' or '.' or ',' or '_' or '-' ? $"{letter}" : $"#{(int)letter};"));
}
