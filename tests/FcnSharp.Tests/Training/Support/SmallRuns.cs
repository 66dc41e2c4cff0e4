using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Training;

namespace FcnSharp.Torch.Tests.Training.Support;

/// <summary>Options of runs that take seconds.</summary>
internal static class SmallRuns
{
    public static VggWidths Widths { get; } = new() { Stage1 = 8, Stage2 = 8, Stage3 = 8, Stage4 = 8, Stage5 = 8, Head = 16 };

    /// <summary>Twelve steps with every feature that has state: batch norm, dropout, averaged weights, accumulation,
    /// augmentation.</summary>
    public static TrainingOptions Everything { get; } = TrainingOptions.FromScratch with
    {
        Network = new FcnOptions { Trunk = new VggTrunkOptions { Widths = Widths, BatchNorm = true } },
        Learning = new FcnLearningOptions { Dropout = 0.3 },
        Augmentation = AugmentationOptions.Default with { CropWidth = 32, CropHeight = 32 },
        Steps = 12,
        BatchSize = 2,
        Accumulation = 2,
        EvaluationInterval = 5,
        LogInterval = 4,
        SamplePredictions = 1,
        CheckpointInterval = TimeSpan.FromDays(1),
        Threads = 1,
    };
}
