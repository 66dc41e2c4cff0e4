using FcnSharp.Training;
using TrainYourOwn.Data;

namespace TrainYourOwn.Output;

/// <summary>Prints the settings before the training, so that a wrong folder or class list is noticed.</summary>
internal static class Introduction
{
    public static void Print(Pictures pictures, TrainingOptions options, ResultFolder folder)
    {
        Console.WriteLine($"pictures: {pictures.Training.Count} for training, {pictures.Validation.Count} for validation");
        Console.WriteLine($"classes:  {string.Join(", ", pictures.Training.Classes.Select(info => info.Name))}");
        Console.WriteLine($"training: {options.Epochs} epochs, batches of {options.BatchSize} crops " +
            $"of {options.Augmentation.CropWidth}x{options.Augmentation.CropHeight} pixels, on {options.Device}");
        Console.WriteLine($"results:  {folder.Root}");
        Console.WriteLine();
    }
}
