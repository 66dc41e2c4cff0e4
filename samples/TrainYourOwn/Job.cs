using FcnSharp.Tensors;
using FcnSharp.Training;
using TrainYourOwn.Data;
using TrainYourOwn.Output;
using TrainYourOwn.Scenes;

namespace TrainYourOwn;

/// <summary>The whole program in order: pictures, recipe, training, report.</summary>
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
                ? $"stopped; what was learned is in {folder.Run}. Give the same command with --resume to go on."
                : "stopped before anything was learned.");
            throw;
        }
    }
}
