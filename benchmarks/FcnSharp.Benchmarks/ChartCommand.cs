using FcnSharp.Benchmarks.Charts;

namespace FcnSharp.Benchmarks;

/// <summary>Draws a chart of the reports that other commands wrote with <c>--json</c>.</summary>
internal sealed class ChartCommand : Command
{
    public override string Name => "chart";

    public override string Usage => "--out FILE.svg REPORT.json ...";

    public override IReadOnlyCollection<string> Options => ["out"];

    public override bool TakesWords => true;

    public override int Run(Arguments arguments)
    {
        var path = arguments.Require("out");
        var groups = arguments.Words.Select(ChartGroup.Load).ToList();
        if (groups.Count == 0 || groups.Exists(group => group.Unit != groups[0].Unit))
        {
            throw arguments.Refuse(groups.Count == 0 ? "no report given" : "the reports measure different things; draw a chart of each");
        }

        File.WriteAllText(path, BarChart.Draw(groups).ToFile());
        Console.WriteLine($"chart: {path}");
        return 0;
    }
}
