using System.Globalization;
using FcnSharp.Networks;
using FcnSharp.Support;
using FcnSharp.Training.Planning;

namespace FcnSharp.Training.Loop;

/// <summary>Writes the cards of trained networks.</summary>
internal static class Cards
{
    /// <summary>The card of the network after a number of steps.</summary>
    public static ModelCard Of(TrainingPlan plan, long step, ValidationScores? scores) => new()
    {
        Name = plan.Options.Name,
        Classes = plan.Classes,
        Normalization = plan.Normalization,
        WorkingSize = plan.Options.WorkingSize,
        License = plan.Options.License,
        Training = TrainingText(plan, step),
        Scores = scores is null ? null : Guard.Text(
            $"{plan.Validation!.Name}: mean IoU {scores.MeanIoU:0.000}, pixel accuracy {scores.PixelAccuracy:0.000}."),
    };

    private static string TrainingText(TrainingPlan plan, long step)
    {
        var options = plan.Options;
        var start = options.Start is null ? "From scratch" : options.Start.Card.Name
            is { } name ? $"From {name}" : "From pretrained weights";
        var names = plan.Stages.OfType<FcnOptions>().Select(stage => stage.Variant);
        var stages = plan.Stages.Length > 1 ? $"in stages {string.Join(", ", names)}, " : "";
        return string.Create(CultureInfo.InvariantCulture, $"{start}, {stages}{step} steps of {options.BatchSize * options.Accumulation} " +
            $"pictures on {plan.Training.Name} ({plan.Training.Count} pictures). ") +
            string.Create(CultureInfo.InvariantCulture,
                $"{options.Optimizer.Kind}, rate {options.Optimizer.LearningRate}, {options.Schedule.Kind} schedule, " +
                $"loss {options.Loss.Reduction} with weighting {options.Loss.Weighting}, seed {options.Seed}.");
    }
}
