using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>A part of a training: a stage of a run, or one of several consecutive runs.</summary>
/// <param name="Name">The name of the stage, or of the folder of a run with one stage.</param>
/// <param name="Losses">In order of the steps.</param>
/// <param name="Scores">In order of the steps.</param>
internal sealed record TrainingPart(string Name, IReadOnlyList<LossPoint> Losses, IReadOnlyList<ScorePoint> Scores)
{
    private const string TrainingTable = "training.csv";
    private const string ValidationTable = "validation.csv";
    private const int MostStages = 100;

    private static readonly string[] OptionalColumns = ["stage", "epoch"];

    /// <summary>The last step.</summary>
    public double End { get; } = Losses.Select(point => point.Step).Concat(Scores.Select(point => point.Step)).Max();

    /// <summary>Reads the stages of a run.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="start">The number of steps of the runs before.</param>
    /// <exception cref="IOException">There are no tables with numbers, or they cannot be read.</exception>
    public static IEnumerable<TrainingPart> Read(string folder, double start)
    {
        var (training, validation) = (Path.Combine(folder, TrainingTable), Path.Combine(folder, ValidationTable));
        if (!File.Exists(training))
        {
            throw new IOException(FileText.Message(folder, $"there is no {TrainingTable} in it. Give the folder of a training run."));
        }

        var losses = RunTable.Read(training, ["step", "loss"], OptionalColumns)
            .ToLookup(cells => Stage(cells[2]), cells => new LossPoint(start + cells[0], cells[3], cells[1]));
        var scores = (File.Exists(validation) ? RunTable.Read(validation, ["step", "mean_iou", "pixel_accuracy"], OptionalColumns) : [])
            .ToLookup(cells => Stage(cells[3]), cells => new ScorePoint(start + cells[0], cells[4], cells[1], cells[2]));
        var stages = losses.Select(stage => stage.Key).Union(scores.Select(stage => stage.Key)).Order().ToList();
        if (stages.Count == 0)
        {
            throw new IOException(FileText.Message(training, "has no numbers yet. Wait for the first steps of the training."));
        }

        if (stages.Count > MostStages)
        {
            throw new IOException(FileText.Message(
                training, $"has {stages.Count} stages, but a training has at most {MostStages}. Give the folder of a training run."));
        }

        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        return stages.Select(stage => new TrainingPart(
            stages.Count == 1 ? name : Guard.Text($"stage {stage}"), [.. losses[stage]], [.. scores[stage]]));

        // Older tables do not have this column.
        static double Stage(double cell) => double.IsNaN(cell) ? 1 : cell;
    }
}

/// <summary>A line of <c>training.csv</c>.</summary>
/// <param name="Step">Counted over all parts.</param>
/// <param name="Epoch">The pass over the pictures, from 1; NaN if it is not known.</param>
/// <param name="Loss">The mean since the previous line.</param>
internal readonly record struct LossPoint(double Step, double Epoch, double Loss);

/// <summary>A line of <c>validation.csv</c>.</summary>
/// <param name="Step">Counted over all parts.</param>
/// <param name="Epoch">The pass over the pictures, from 1; NaN if it is not known.</param>
/// <param name="MeanIoU">0 to 1.</param>
/// <param name="PixelAccuracy">0 to 1.</param>
internal readonly record struct ScorePoint(double Step, double Epoch, double MeanIoU, double PixelAccuracy);
