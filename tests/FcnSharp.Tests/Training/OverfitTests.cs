using FcnSharp.Networks;
using FcnSharp.Torch.Tests.Training.Support;
using FcnSharp.Training;

namespace FcnSharp.Torch.Tests.Training;

public sealed class OverfitTests
{
    [Fact]
    public void Run_OneBatchOfFourPictures_LearnsThemByHeart()
    {
        var pictures = new LeuvenCrops();
        var options = TrainingOptions.FromScratch with
        {
            Network = new FcnOptions
            {
                Trunk = new VggTrunkOptions
                {
                    Widths = new VggWidths { Stage1 = 8, Stage2 = 12, Stage3 = 16, Stage4 = 16, Stage5 = 16, Head = 16 },
                    BatchNorm = true,
                },
            },
            Learning = new() { Dropout = 0 },
            Augmentation = AugmentationOptions.None,
            Loss = new LossOptions(),
            Optimizer = TrainingOptions.FromScratch.Optimizer with { LearningRate = 1e-2 },
            BatchSize = 4,
            Steps = 120,
            EvaluationInterval = 120,
        };

        var result = FcnTrainer.Run(pictures, options, pictures, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(result.Scores!.PixelAccuracy > 0.95, $"Pixel accuracy is {result.Scores.PixelAccuracy:0.000}.");
    }
}
