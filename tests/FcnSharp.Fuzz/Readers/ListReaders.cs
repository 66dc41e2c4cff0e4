using System.Collections.Immutable;
using System.Text;
using FcnSharp.Data;
using FcnSharp.Fuzz.Generators;
using FcnSharp.Imaging;
using TrainYourOwn.Data;

namespace FcnSharp.Fuzz.Readers;

/// <summary>Readers of lists: splits of data sets, names of files, classes.</summary>
internal static class ListReaders
{
    /// <summary>Number of samples of a list that are read; the others are handled in the same way.</summary>
    private const int SamplesRead = 3;

    public static ImmutableArray<Reader> All { get; } =
    [
        new("voc", typeof(DatasetException), [TextGrammars.Names], OpenVoc),
        new("folder", typeof(DatasetException), [TextGrammars.Names], OpenFolder),
        new("camvid", typeof(DatasetException), [TextGrammars.FileNames], OpenCamVid),
        new("classes", typeof(DatasetException), [TextGrammars.Classes], ReadClasses),
    ];

    private static Answer OpenVoc(Input input, Workplace place)
    {
        PutSamples(place, "voc/JPEGImages", "voc/SegmentationClass");
        place.Put("voc/ImageSets/Segmentation/split.txt", input.Bytes);
        return ReadSamples(new VocDataset(Path.Combine(place.Folder, "voc"), "split"));
    }

    private static Answer OpenFolder(Input input, Workplace place)
    {
        PutSamples(place, "folder/images", "folder/labels");
        place.Put("folder/split.txt", input.Bytes);
        return ReadSamples(new FolderDataset(
            Path.Combine(place.Folder, "folder"), new FolderDatasetOptions { Classes = ClassList.Voc, SplitFile = "split.txt" }));
    }

    /// <summary>CamVid has no lists; the names of its files are the samples.</summary>
    private static Answer OpenCamVid(Input input, Workplace place)
    {
        var mask = Mask();
        var folder = place.Clear("camvid");
        string[] names = [.. Encoding.UTF8.GetString(input.Bytes).Split('\0').Take(20).Select(name => name.Replace('/', '_'))];
        foreach (var kind in (string[])["train", "trainannot"])
        {
            Directory.CreateDirectory(Path.Combine(folder, kind));
            foreach (var name in names.Where(name => name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) < 200))
            {
                // A few pictures have no mask.
                if (kind == "train" || name.Length % 8 != 0)
                {
                    File.WriteAllBytes(Path.Combine(folder, kind, name), mask);
                }
            }
        }

        return ReadSamples(new CamVidDataset(folder, "train"));
    }

    private static Answer ReadClasses(Input input, Workplace place)
    {
        FolderClasses.Find(new TrainYourOwn.Settings
        {
            Data = place.Folder,
            Classes = place.Put("classes.txt", input.Bytes),
            ColorMasks = input.IsVariation,
        });
        return default;
    }

    private static Answer ReadSamples(FileDataset dataset)
    {
        for (var index = 0; index < Math.Min(SamplesRead, dataset.Count); index++)
        {
            dataset.Load(index);
        }

        return default;
    }

    /// <summary>Pictures and masks with the names in valid lists.</summary>
    private static void PutSamples(Workplace place, params ReadOnlySpan<string> folders)
    {
        foreach (var folder in folders)
        {
            foreach (var name in TextGrammars.SoundNames)
            {
                place.PutOnce($"{folder}/{name}.png", Mask());
            }
        }
    }

    private static byte[] Mask()
    {
        using var file = new MemoryStream();
        new LabelMap(new byte[4], 2, 2).Write(file, Palette.Voc);
        return file.ToArray();
    }
}
