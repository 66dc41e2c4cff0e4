using System.Collections.Immutable;
using System.Text;
using FcnSharp.Evaluation.Charts;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>The curves of a training over its steps: the loss and, if there were validation pictures, the scores. Immutable.</summary>
/// <remarks>They are drawn as an SVG file, or in a report by <see cref="EvaluationResult.SaveReport"/>.</remarks>
public sealed class TrainingCurves
{
    /// <summary>The width of an SVG file, in pixels.</summary>
    private const int Width = 800;

    private readonly Curve losses;
    private readonly Curve smoothLosses;

    private TrainingCurves(ImmutableArray<TrainingPart> parts)
    {
        Parts = parts;
        losses = Curve("", "first pale", part => part.Losses.Select(point => new CurvePoint(point.Step, point.Loss)));
        smoothLosses = losses.Smoothed("first");
        Best = parts.SelectMany(part => part.Scores).Cast<ScorePoint?>().MaxBy(point => point!.Value.MeanIoU);
    }

    /// <summary>Stages of a run, or consecutive runs.</summary>
    internal ImmutableArray<TrainingPart> Parts { get; }

    /// <summary>The evaluation with the highest mean IoU; null for none.</summary>
    internal ScorePoint? Best { get; }

    /// <summary>Reads the tables in the folder of a training run: <c>training.csv</c> and, if there were validation pictures,
    /// <c>validation.csv</c>.</summary>
    /// <param name="folders">The folders of one or more runs. Several runs are drawn one after the other.</param>
    /// <exception cref="ArgumentException">No folder is given.</exception>
    /// <exception cref="IOException">A folder has no such tables, or they have no numbers yet, or they cannot be read.</exception>
    public static TrainingCurves Load(params IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (folders.Count == 0)
        {
            throw new ArgumentException("There is no folder to read. Give the folder of a training run.", nameof(folders));
        }

        var parts = new List<TrainingPart>();
        foreach (var folder in folders)
        {
            parts.AddRange(TrainingPart.Read(folder, parts.Count > 0 ? parts[^1].End : 0));
        }

        return new TrainingCurves([.. parts]);
    }

    /// <summary>Draws the curves as an SVG file for light and dark pages. The file is written atomically.</summary>
    /// <param name="path">The file; an existing file is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveSvg(string path) => AtomicFile.Write(path, WriteSvg);

    /// <summary>Writes the SVG file to a stream, at its current position. The caller disposes the stream.</summary>
    public void WriteSvg(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encoding.UTF8.GetBytes(Draw([.. Panels()], Width).ToFile()));
    }

    /// <summary>Draws panels below each other in one picture.</summary>
    internal SvgPicture Draw(IReadOnlyList<CurvePanel> panels, int width) =>
        CurveChart.Draw(panels, [.. Parts.Select(part => new ChartPart(part.Name, part.End))], width, Summary());

    /// <summary>The panels of the loss and of the scores, if there are values.</summary>
    internal IEnumerable<CurvePanel> Panels()
    {
        if (smoothLosses.Parts is [.., [.., var last]])
        {
            yield return new CurvePanel(
                "Loss", [losses, smoothLosses], new CurveMark(last, Guard.Text($"{last.Value:F3}"), IsAbove: true));
        }

        if (Best is { } best)
        {
            var accuracy = Curve(
                "pixel accuracy", "second", part => part.Scores.Select(point => new CurvePoint(point.Step, point.PixelAccuracy)));
            var overlap = Curve("mean IoU", "first", part => part.Scores.Select(point => new CurvePoint(point.Step, point.MeanIoU)));
            var mark = new CurveMark(new CurvePoint(best.Step, best.MeanIoU), Guard.Text($"best {best.MeanIoU:F3}"), IsAbove: false);
            yield return new CurvePanel("Validation scores", [accuracy, overlap], mark) { Most = 1 };
        }
    }

    /// <summary>A description of the curves in one or two sentences.</summary>
    internal string Summary()
    {
        var steps = Guard.Text($"{Parts[^1].End:#,0} steps");
        var loss = smoothLosses.Parts is [[var first, ..], ..] && smoothLosses.Parts is [.., [.., var last]]
            ? Guard.Text($"The loss went from {first.Value:F3} to {last.Value:F3} in {steps}.")
            : $"The training had {steps}.";
        return Best is { } best
            ? Guard.Text($"{loss} The best mean IoU on the validation pictures, {best.MeanIoU:F3}, came after step {best.Step:#,0}.")
            : loss;
    }

    private Curve Curve(string name, string kind, Func<TrainingPart, IEnumerable<CurvePoint>> points) =>
        new(name, kind, [.. Parts.Select(part => points(part).ToArray()).Where(part => part.Length > 0)]);
}
