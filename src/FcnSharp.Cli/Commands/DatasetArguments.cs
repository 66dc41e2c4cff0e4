using System.CommandLine;
using FcnSharp.Data;
using FcnSharp.Imaging;

namespace FcnSharp.Cli.Commands;

/// <summary>Options that select a data set.</summary>
internal sealed class DatasetArguments
{
    private readonly Argument<string> folder = new("FOLDER") { Description = "The data set's folder." };
    private readonly Option<string> kind = new("--kind")
    {
        Description = "camvid, voc, or folder for pictures and masks of ids in two folders. Default: detected from the folder.",
        DefaultValueFactory = _ => "auto",
    };
    private readonly Option<string[]> splits = new("--split")
    {
        HelpName = "NAME",
        Description = "Splits such as train and val; for --kind folder, text files with names.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string> pictures = new("--pictures")
    {
        HelpName = "DIR",
        Description = "For --kind folder: the folder of the pictures.",
        DefaultValueFactory = _ => "images",
    };
    private readonly Option<string> masks = new("--masks")
    {
        HelpName = "DIR",
        Description = "For --kind folder: the folder of the masks.",
        DefaultValueFactory = _ => "labels",
    };
    private readonly Option<int> ignore = new("--ignore")
    {
        HelpName = "ID",
        Description = "For --kind folder: the id of ignored pixels.",
        DefaultValueFactory = _ => LabelMap.IgnoreId,
    };

    public DatasetArguments(Command command)
    {
        kind.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "auto", "camvid", "voc", "folder");
        command.Add(folder);
        foreach (var option in new Option[] { kind, splits, pictures, masks, ignore })
        {
            command.Add(option);
        }
    }

    /// <summary>Opens the splits.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="classes">Returns the classes of a data set without class names, given its folder.</param>
    /// <param name="usualSplits">The splits to open if none are given.</param>
    public IReadOnlyList<ISegmentationDataset> Open(ParseResult parsed, Func<string, ClassList> classes, params string[] usualSplits)
    {
        var path = parsed.GetRequiredValue(folder);
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"{path}: no such folder.");
        }

        var given = parsed.GetValue(splits) ?? [];
        var named = given.Length > 0 ? given : usualSplits;
        return KindOf(path, parsed.GetValue(kind)!) switch
        {
            "CAMVID" => [.. named.Select(split => new CamVidDataset(path, split))],
            "VOC" => [.. named.Select(split => new VocDataset(path, split))],
            _ => [.. given.Cast<string?>().DefaultIfEmpty(null).Select(split => new FolderDataset(path, new FolderDatasetOptions
            {
                Classes = classes(path),
                Pictures = parsed.GetValue(pictures)!,
                Masks = parsed.GetValue(masks)!,
                IgnoreId = parsed.GetValue(ignore),
                SplitFile = split,
            }))],
        };
    }

    private static string KindOf(string path, string asked) => asked.ToUpperInvariant() switch
    {
        "AUTO" when Directory.Exists(Path.Combine(path, "ImageSets", "Segmentation")) => "VOC",
        "AUTO" when Directory.GetDirectories(path, "*annot").Length > 0 => "CAMVID",
        var kind => kind,
    };
}
