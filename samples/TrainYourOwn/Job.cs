using FcnSharp.Tensors;
using FcnSharp.Training;
using TrainYourOwn.Data;
using TrainYourOwn.Output;
using TrainYourOwn.Scenes;

namespace TrainYourOwn;

/// <summary>Runs the program: opens the pictures, chooses the options, trains, and writes the report.</summary>
internal static class Job
{
    public static int Run(Settings settings, CancellationToken cancellationToken)
    {
        var folder = ResultFolder.For(settings);
        folder.Claim(settings);
        var pictures = Pictures.Open(settings with { Data = settings.Data ?? SceneFolder.Draw(folder.Scenes) });
        var options = Recipe.For(settings, folder.Run);
        Introduction.Print(pictures, options, folder);

        try
        {
            var result = Display.Show(
                options, progress => FcnTrainer.Run(pictures.Training, options, pictures.Validation, progress, cancellationToken));
            result.Network.Save(folder.Model, WeightPrecision.Float16);
            FinalReport.Write(folder, pictures.Validation, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine(folder.HasRun
                ? $"stopped; the last checkpoint is in {folder.Run}. Run the same command with --resume to continue."
                : "stopped before the first checkpoint.");
            throw;
        }
    }
}
