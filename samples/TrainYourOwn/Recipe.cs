using FcnSharp.Networks;
using FcnSharp.Training;
using FcnSharp.Weights;

namespace TrainYourOwn;

/// <summary>The training options: a preset of the library, with the options of the command line.</summary>
internal static class Recipe
{
    public static TrainingOptions For(Settings settings, string folder)
    {
        var preset = settings switch
        {
            { FineTune: { } weights } => TrainingOptions.FineTune(Checkpoint.Load(weights).Network),
            { Trunk: { } trunk } => FromTrunk(trunk),
            { IsDemo: true } => Demo(settings.Size ?? NetworkSize.Tiny),
            _ => FromScratch(settings.Size ?? NetworkSize.Small),
        };
        var crop = settings.Crop ?? (settings.IsDemo ? 96 : preset.Augmentation.CropWidth);
        return preset with
        {
            Epochs = settings.Epochs ?? preset.Epochs,
            BatchSize = settings.Batch ?? preset.BatchSize,
            Augmentation = preset.Augmentation with { CropWidth = crop, CropHeight = crop },
            Threads = settings.Threads,
            Seed = settings.Seed,
            Device = settings.Device,
            Folder = folder,
            CheckpointInterval = TimeSpan.FromMinutes(1),
        };
    }

    /// <summary>The preset for a pretrained trunk, whose file is beside the program.</summary>
    private static TrainingOptions FromTrunk(PretrainedTrunk trunk)
    {
        var file = trunk switch
        {
            PretrainedTrunk.ResNet18 => "ResNet18.onnx",
            _ => throw new ArgumentOutOfRangeException(nameof(trunk), trunk, "No such trunk is beside this program. Use ResNet18."),
        };
        return TrainingOptions.FromTrunk(Checkpoint.Load(Path.Combine(AppContext.BaseDirectory, file)).Network);
    }

    private static TrainingOptions FromScratch(NetworkSize size) => TrainingOptions.FromScratch with
    {
        Network = new FcnOptions { Trunk = Trunk(size) },
    };

    /// <summary>Options for the drawn scenes, which are few, small and similar: less augmentation, a larger learning rate, no class
    /// weights, fewer epochs.</summary>
    private static TrainingOptions Demo(NetworkSize size)
    {
        var preset = FromScratch(size);
        return preset with
        {
            Epochs = 40,
            Augmentation = preset.Augmentation with { MinScale = 0.75, MaxScale = 1.5 },
            Loss = new LossOptions(),
            Optimizer = preset.Optimizer with { LearningRate = 5e-3 },
            AverageDecay = 0.95,
            Name = "Drawn scenes",
        };
    }

    private static TrunkOptions Trunk(NetworkSize size) => size switch
    {
        NetworkSize.Tiny => new VggTrunkOptions
        {
            Widths = new VggWidths { Stage1 = 8, Stage2 = 16, Stage3 = 32, Stage4 = 48, Stage5 = 48, Head = 96 }, BatchNorm = true,
        },
        NetworkSize.Small => TrainingOptions.FromScratch.Network!.Trunk,
        _ => new VggTrunkOptions { BatchNorm = true },
    };
}
