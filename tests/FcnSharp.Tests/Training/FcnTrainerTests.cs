using FcnSharp.Data;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Training.Support;
using FcnSharp.Training;

namespace FcnSharp.Torch.Tests.Training;

public sealed class FcnTrainerTests
{
    private static readonly FcnOptions Plain = new() { Trunk = new VggTrunkOptions { Widths = SmallRuns.Widths } };

    [Fact]
    public void Run_InAFolder_LeavesModelLogsAndSamples()
    {
        using var folder = new TempFolder();

        var result = Train(SmallRuns.Everything with { Folder = folder.Path });

        Assert.Equal(12, result.Steps);
        Assert.Equal(
            ["best.safetensors", "checkpoint-000000012.safetensors", "events.out.tfevents.0.fcnsharp", "lock", "training.csv",
                "validation.csv"], folder.FileNames());
        Assert.Equal(["step", "4", "8", "12"], File.ReadAllLines(folder["training.csv"]).Select(line => line.Split(',')[0]));
        Assert.Equal(["step", "5", "10", "12"], File.ReadAllLines(folder["validation.csv"]).Select(line => line.Split(',')[0]));
        Assert.Equal(3, Directory.GetFiles(folder["samples"], "*.png").Length);
        Assert.Equal(3 * 32, RgbImage.Load(Directory.GetFiles(folder["samples"])[0]).Width);
    }

    [Fact]
    public void Run_BestModel_OpensInAPredictorAndScoresWhatItSays()
    {
        using var folder = new TempFolder();
        var validation = new PaintedStreets(3);

        var result = Train(SmallRuns.Everything with { Folder = folder.Path, Name = "Painted" });

        using var predictor = FcnPredictor.Load(folder["best.safetensors"]);
        var scored = Evaluator.Run(predictor, validation, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(result.Scores!.MeanIoU, scored.Metrics.MeanIoU);
        Assert.Equal(result.History.Max(scores => scores.MeanIoU), result.Scores.MeanIoU);
        Assert.Equal(("Painted", "sky"), (predictor.Card.Name, predictor.Classes[0].Name));
        Assert.StartsWith("From scratch,", predictor.Card.Training, StringComparison.Ordinal);
        Assert.StartsWith("painted streets: mean IoU 0.", predictor.Card.Scores, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Staged_TrainsThreeNetworksAndReturnsTheLast()
    {
        using var folder = new TempFolder();
        var told = new Told();

        var result = Train(SmallRuns.Everything with
        {
            Folder = folder.Path,
            Staged = true,
            StageRateFactor = 0.5,
            Steps = 3,
            Schedule = new() { Kind = ScheduleKind.Constant }
        }, told);

        Assert.True(result.Network.Options is FcnOptions { Variant: FcnVariant.Fcn8s });
        Assert.True(FcnNetwork.Load(folder["best-fcn32s.safetensors"]).Options is FcnOptions { Variant: FcnVariant.Fcn32s });
        var steps = told.All.Where(progress => progress.Warning is null).DistinctBy(progress => progress.Step).ToList();
        Assert.Equal([32, 32, 32, 16, 16, 16, 8, 8, 8], steps.Select(progress => (int)((FcnOptions)progress.Stage).Variant));
        Assert.Equal([1e-3, 5e-4, 2.5e-4], steps.Select(progress => progress.LearningRate).Distinct());
        Assert.Equal((9, 9, 3), ((int)steps[^1].Step, (int)steps[^1].StepCount, steps[^1].StageCount));
        var curves = TrainingCurves.Load(folder.Path);
        Assert.Equal(["stage 1", "stage 2", "stage 3"], curves.Parts.Select(part => part.Name));
        Assert.Equal(
            result.History.Select(scores => (scores.Step, scores.MeanIoU)),
            curves.Parts.Select(part => part.Scores.Single()).Select(point => ((long)point.Step, point.MeanIoU)));
    }

    [Fact]
    public void Run_WithoutValidation_GivesTheLastWeights()
    {
        var result = FcnTrainer.Run(
            new PaintedStreets(4), SmallRuns.Everything with { Steps = 2 }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(result.Scores);
        Assert.Empty(result.History);
        Assert.Equal(3, result.Network.Options.NumClasses);
    }

    [Fact]
    public void Run_FineTuningForOtherClasses_KeepsTheTrunkAndSaysWhatIsNew()
    {
        var start = FcnTrainer.Run(new PaintedStreets(4), SmallRuns.Everything with { Steps = 1 },
            cancellationToken: TestContext.Current.CancellationToken).Network;
        var others = new PaintedStreets(4) { Classes = new ClassList(["sky", "road", "box", "car", "dog"]) };
        var options = TrainingOptions.FineTune(start) with
        {
            Steps = 1,
            BatchSize = 2,
            Augmentation = AugmentationOptions.None,
            AverageDecay = null,
            Optimizer = new OptimizerOptions { LearningRate = 1e-12 },
        };
        var told = new Told();

        var tuned = FcnTrainer.Run(others, options, progress: told, cancellationToken: TestContext.Current.CancellationToken).Network;

        Assert.Contains(told.Warnings,
            warning => warning.Contains("fc8, score_4b.0, score_3b.0, upscore, upscore_4b, upscore_3b", StringComparison.Ordinal));
        Assert.Equal(5, tuned.Options.NumClasses);
        Assert.Equal(start["conv3.2.weight"].Values.ToArray(), tuned["conv3.2.weight"].Values.ToArray());
    }

    [Fact]
    public void Run_FineTuningForTheSameClasses_KeepsEveryLayer()
    {
        var start = FcnTrainer.Run(new PaintedStreets(4), SmallRuns.Everything with { Steps = 3 },
            cancellationToken: TestContext.Current.CancellationToken).Network;
        var options = TrainingOptions.FineTune(start) with
        {
            Steps = 1,
            BatchSize = 2,
            Augmentation = AugmentationOptions.None,
            AverageDecay = null,
            Optimizer = new OptimizerOptions { LearningRate = 1e-12 },
        };

        var result = FcnTrainer.Run(new PaintedStreets(4), options, cancellationToken: TestContext.Current.CancellationToken);

        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("anew", StringComparison.Ordinal));
        Assert.Equal(start["fc8.weight"].Values.ToArray(), result.Network["fc8.weight"].Values.ToArray());
    }

    [Fact]
    public void Run_LossIsNoNumber_NamesThePictures()
    {
        var options = SmallRuns.Everything with
        {
            Network = Plain,
            Optimizer = new OptimizerOptions { LearningRate = 1e30 },
            Steps = 50,
            Accumulation = 1,
            AverageDecay = null,
            Schedule = new() { Kind = ScheduleKind.Constant },
        };

        var error = Assert.Throws<TrainingException>(() => FcnTrainer.Run(new PaintedStreets(4), options));

        Assert.Matches(@"The loss became \S+ in step \d+, on the pictures street-\d, street-\d\.", error.Message);
    }

    /// <summary>Every weight and the loss are finite, but the gradient of fc6 is 1e20 times 1e20.</summary>
    [Fact]
    public void Run_GradientsOverflow_NamesThePicturesInsteadOfSteppingByThem()
    {
        var network = FilledNetwork.Create(Plain with { NumClasses = 3 });
        var start = new FcnNetwork(network.Options, network.Tensors.Select(Scaled), network.Card);
        var options = TrainingOptions.FineTune(start) with
        {
            Steps = 1,
            BatchSize = 2,
            Augmentation = AugmentationOptions.None,
            Optimizer = new OptimizerOptions { MaxGradientNorm = 1 },
        };

        var error = Assert.Throws<TrainingException>(() => FcnTrainer.Run(new PaintedStreets(4), options));

        Assert.Matches(
            @"The norm of the gradients became \S+ in step 1, on the pictures street-\d, street-\d\. Lower", error.Message);

        static NamedTensor Scaled(NamedTensor tensor)
        {
            var scale = tensor.Name switch
            {
                "fc6.0.weight" or "fc6.0.bias" => 1e-25f,
                "fc7.0.weight" or "fc8.weight" => 1e20f,
                "fc7.0.bias" => 1e-5f,
                _ => 1,
            };
            return new NamedTensor(tensor.Name, tensor.Shape, tensor.Values.ToArray().Select(value => value * scale).ToArray());
        }
    }

    [Fact]
    public void Run_LabelOutsideTheClasses_IsFoundBeforeTraining()
    {
        var pictures = new PaintedStreets(4) { Classes = new ClassList(["sky", "road"]) };

        var error = Assert.Throws<DatasetException>(
            () => FcnTrainer.Run(pictures, SmallRuns.Everything, progress: new Told(_ => Assert.Fail("It trained."))));

        Assert.Contains("has the id 2, but ids are 0 to 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BrokenValidationPicture_IsFoundBeforeTraining()
    {
        var broken = new PaintedStreets(3)
        {
            Loading = () => throw new DatasetException(DatasetFault.UnreadableFile, "street-0.png", "it is no picture.", "Save it anew."),
        };

        var error = Assert.Throws<DatasetException>(
            () => FcnTrainer.Run(new PaintedStreets(4), SmallRuns.Everything, broken, new Told(_ => Assert.Fail("It trained."))));

        Assert.Contains("street-0.png", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_StartThatDoesNotSayHowItIsFed_Warns()
    {
        var options = TrainingOptions.FineTune(FilledNetwork.Create(Plain).WithCard(ModelCard.Empty)) with
        {
            Steps = 1,
            BatchSize = 2,
            Augmentation = AugmentationOptions.None,
        };

        var result = FcnTrainer.Run(new PaintedStreets(4), options, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(
            result.Warnings, warning => warning.Contains("does not state the normalisation of its input", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ThingsThatDoNotGoTogether_AreRefusedWithOneMessage()
    {
        var pictures = new PaintedStreets(4);
        var others = new PaintedStreets(4) { Classes = new ClassList(["sky", "road", "tree"]) };

        Refused("has no pictures", () => FcnTrainer.Run(new PaintedStreets(0), SmallRuns.Everything));
        Refused("has no pictures", () => FcnTrainer.Run(pictures, SmallRuns.Everything, new PaintedStreets(0)));
        Refused("have the classes sky, road, box, but the validation pictures",
            () => FcnTrainer.Run(pictures, SmallRuns.Everything, others));
        Refused("no network to train", () => FcnTrainer.Run(pictures, SmallRuns.Everything with { Network = null }));
        Refused("not trained in stages", () => FcnTrainer.Run(pictures, TrainingOptions.PaperAtOnce with { Staged = true }));
        Refused("another trunk", () => FcnTrainer.Run(pictures, SmallRuns.Everything with { Start = FilledNetwork.Create(Plain) }));
        Refused("no device called \"gpu\"", () => FcnTrainer.Run(pictures, SmallRuns.Everything with { Device = "gpu" }));

        static void Refused(string part, Action run) =>
            Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(run).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RateOfTheOtherReduction_Warns()
    {
        var options = SmallRuns.Everything with { Steps = 1, Optimizer = new OptimizerOptions { LearningRate = 1e-10 } };

        var result = FcnTrainer.Run(new PaintedStreets(4), options, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(result.Warnings, warning => warning.Contains("suits a summed loss", StringComparison.Ordinal));
    }

    private static TrainingResult Train(TrainingOptions options, Told? told = null) =>
        FcnTrainer.Run(new PaintedStreets(10), options, new PaintedStreets(3), told, TestContext.Current.CancellationToken);
}
