using FcnSharp.Training;
using TrainYourOwn.Data;

namespace TrainYourOwn.Output;

/// <summary>What is about to happen, so that a wrong folder or class list shows before the training does.</summary>
internal static class Introduction
{
    public static void Print(Pictures pictures, TrainingOptions options, ResultFolder folder)
    {
        Console.WriteLine($"pictures: {pictures.Training.Count} to learn from, {pictures.Validation.Count} to judge by");
        Console.WriteLine($"classes:  {string.Join(", ", pictures.Training.Classes.Select(info => info.Name))}");
        Console.WriteLine($"training: {options.Epochs} epochs, batches of {options.BatchSize} crops " +
            $"of {options.Augmentation.CropWidth}x{options.Augmentation.CropHeight} pixels, on {options.Device}");
        Console.WriteLine($"results:  {folder.Root}");
        Console.WriteLine();
    }
}
