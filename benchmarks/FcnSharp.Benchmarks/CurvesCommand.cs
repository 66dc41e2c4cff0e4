using System.Globalization;
using FcnSharp.Benchmarks.Charts;

namespace FcnSharp.Benchmarks;

/// <summary>Draws the loss and, if it was measured, the mean IoU of a training from its run folders. Several folders are consecutive
/// parts of the training.</summary>
internal sealed class CurvesCommand : Command
{
    public override string Name => "curves";

    public override string Usage => "--out FILE.svg RUNFOLDER ...";

    public override IReadOnlyCollection<string> Options => ["out"];

    public override bool TakesWords => true;

    public override int Run(Arguments arguments)
    {
        var path = arguments.Require("out");
        if (arguments.Words.Count == 0)
        {
            throw arguments.Refuse("no run folder given");
        }

        var losses = new List<List<(double Step, double Value)>>();
        var scores = new List<List<(double Step, double Value)>>();
        var borders = new List<(double Step, string Name)>();
        foreach (var folder in arguments.Words)
        {
            var start = borders.Count > 0 ? borders[^1].Step : 0;
            losses.Add(Column(folder, "training.csv", "loss", start));
            scores.Add(Column(folder, "validation.csv", "mean_iou", start));
            if (losses[^1].Count == 0)
            {
                throw new IOException($"{folder}: there is no training.csv with numbers in it. " +
                    "Give the folder of a training run that has written some.");
            }

            borders.Add(
                (losses[^1].Concat(scores[^1]).Max(point => point.Step), Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))));
        }

        scores.RemoveAll(part => part.Count == 0);
        List<Curve> curves = [new("Loss", "training, each point the mean of the steps since the last", IsNoisy: true) { Parts = losses }];
        if (scores.Count > 0)
        {
            var best = scores.SelectMany(part => part).Max(point => point.Value);
            curves.Add(new("Mean IoU", $"validation, best {best:F3}", IsNoisy: false) { Parts = scores });
        }

        File.WriteAllText(path, CurveChart.Draw(curves, borders).ToString());
        Console.WriteLine($"curves: {path}");
        return 0;
    }

    /// <summary>A column of a run's table over its steps; empty if the table is missing or has no lines.</summary>
    /// <exception cref="IOException">The file is not a table of a run.</exception>
    private static List<(double Step, double Value)> Column(string folder, string table, string name, double start)
    {
        var path = Path.Combine(folder, table);
        string[][] rows = File.Exists(path) ? [.. File.ReadLines(path).Select(line => line.Split(','))] : [[name]];
        var column = Array.IndexOf(rows[0], name);
        return column >= 0
            ? [.. rows.Skip(1).Select(cells => (start + Number(cells[0]), Number(cells[column])))]
            : throw new IOException($"{path}: has no column \"{name}\". Give the folder of a training run.");

        static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
    }
}
