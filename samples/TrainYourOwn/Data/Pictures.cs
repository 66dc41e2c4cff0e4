using FcnSharp.Data;

namespace TrainYourOwn.Data;

/// <summary>The pictures for training and for validation.</summary>
internal sealed record Pictures(ISegmentationDataset Training, ISegmentationDataset Validation)
{
    /// <summary>The fraction of the pictures that is kept for validation, if the folder has no lists.</summary>
    private const double ValidationShare = 0.2;

    /// <summary>Opens the folder, and reads the validation pictures once, to find damaged files before the training. The trainer reads the
    /// training pictures.</summary>
    public static Pictures Open(Settings settings)
    {
        var folder = settings.Data!;
        if (!Directory.Exists(folder))
        {
            throw new DatasetException(
                DatasetFault.Layout, folder, "there is no such folder.", "Give a folder with pictures in images/ and masks in labels/.");
        }

        var classes = FolderClasses.Find(settings);
        var pictures = File.Exists(Path.Combine(folder, "train.txt")) && File.Exists(Path.Combine(folder, "val.txt"))
            ? new Pictures(OpenPart("train.txt"), OpenPart("val.txt"))
            : Split(OpenPart(null), settings.Seed);
        for (var index = 0; index < pictures.Validation.Count; index++)
        {
            pictures.Validation.Load(index);
        }

        return pictures;

        FolderDataset OpenPart(string? list) => new(folder, classes.ToOptions(settings) with { SplitFile = list });
    }

    private static Pictures Split(FolderDataset whole, int seed)
    {
        if (whole.Count < 2)
        {
            throw new DatasetException(
                DatasetFault.Layout, whole.PicturePath(0), "is the only picture, but training and validation need at least one each.",
                "Add more pictures and masks.");
        }

        var (training, validation) = SubsetDataset.Split(whole, ValidationShare, seed);
        return new Pictures(training, validation);
    }
}
