using FcnSharp.Cli.Terminal;
using Spectre.Console;

namespace FcnSharp.Cli.Bench;

/// <summary>Prints a plan as a table.</summary>
internal static class PlanTable
{
    public static void Print(PlanReport report)
    {
        Consoles.Out.WriteLine($"model:   {report.Model}");
        Consoles.Out.WriteLine($"engine:  {report.Engine}");
        Consoles.Out.WriteLine($"picture: {report.Picture}, scaled to {report.Shown}");
        Consoles.Out.WriteLine();
        var table = Consoles.Table("step", "kernel", "output", "multiplications by definition", "carried out", "bytes of its map");
        foreach (var column in table.Columns.Skip(3))
        {
            column.RightAligned();
        }

        foreach (var row in report.Steps)
        {
            table.AddTexts(
                row.Name, row.Kernel, row.Output?.ToString() ?? "strips", $"{row.AskedMultiplications:N0}", $"{row.Multiplications:N0}",
                row.MapBytes > 0 ? $"{row.MapBytes:N0}" : "-");
        }

        table.AddTexts("total", "", "", $"{report.AskedMultiplications:N0}", $"{report.Multiplications:N0}", "");
        Consoles.Out.Write(table);
        Consoles.Out.WriteLine();
        Consoles.Out.WriteLine($"Maps and transformed filters take at most {report.WorkingBytes:N0} bytes at once.");
    }
}
