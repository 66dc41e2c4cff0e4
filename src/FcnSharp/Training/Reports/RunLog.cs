using FcnSharp.Training.Planning;

namespace FcnSharp.Training.Reports;

/// <summary>The logs of a run, in its folder: two CSV tables and a TensorBoard file.</summary>
internal sealed class RunLog : IDisposable
{
    private const string TrainingTable = "training.csv";
    private const string ValidationTable = "validation.csv";
    private const string Events = "events.out.tfevents.0.fcnsharp";

    /// <summary>The first columns of both tables.</summary>
    private const string Place = "step,stage,epoch";

    private readonly TrainingPlan plan;
    private readonly CsvLog training;
    private readonly CsvLog? validation;
    private readonly EventFile events;

    /// <summary>Opens the logs of a run that continues after a number of steps; 0 for a new run.</summary>
    /// <exception cref="TrainingException">A file exists that was not written by this run.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public RunLog(string folder, TrainingPlan plan, long step)
    {
        this.plan = plan;
        training = new CsvLog(
            Path.Combine(folder, TrainingTable), $"{Place},loss,learning_rate,pictures_per_second,waiting_share", step);
        try
        {
            if (plan.Validation is not null)
            {
                var classes = plan.Classes.Select(info => $"iou_{info.Name.Replace(',', ' ').Replace('"', ' ')}");
                validation = new CsvLog(
                    Path.Combine(folder, ValidationTable), string.Join(',', classes.Prepend($"{Place},mean_iou,pixel_accuracy")), step);
            }

            events = new EventFile(Path.Combine(folder, Events), step);
        }
        catch
        {
            training.Dispose();
            validation?.Dispose();
            throw;
        }
    }

    public void Add(long step, double loss, double rate, double picturesPerSecond, double waitingShare)
    {
        training.Add(step, [Stage(step), Epoch(step), loss, rate, picturesPerSecond, waitingShare]);
        events.AddScalar("training/loss", step, loss);
        events.AddScalar("training/learning_rate", step, rate);
        events.AddScalar("training/pictures_per_second", step, picturesPerSecond);
    }

    public void Add(ValidationScores scores)
    {
        validation!.Add(
            scores.Step, [Stage(scores.Step), Epoch(scores.Step), scores.MeanIoU, scores.PixelAccuracy, .. scores.ClassIoU]);
        events.AddScalar("validation/mean_iou", scores.Step, scores.MeanIoU);
        events.AddScalar("validation/pixel_accuracy", scores.Step, scores.PixelAccuracy);
    }

    public void Add(long step, SamplePrediction sample) =>
        events.AddPicture($"predictions/{sample.Name}", step, sample.Png, sample.Width, sample.Height);

    public void Dispose()
    {
        training.Dispose();
        validation?.Dispose();
        events.Dispose();
    }

    /// <summary>From 1.</summary>
    private double Stage(long step) => plan.StageOf(step) + 1;

    /// <summary>Within the stage, from 1.</summary>
    private double Epoch(long step) => plan.EpochAfter(step);
}
