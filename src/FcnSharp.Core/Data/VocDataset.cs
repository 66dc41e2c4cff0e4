using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>
/// Pascal VOC 2007 to 2012: <c>JPEGImages</c>, masks in <c>SegmentationClass</c>, splits in <c>ImageSets/Segmentation</c>; 21 classes,
/// 255 on borders. Thread-safe.
/// </summary>
/// <remarks>
/// The additional masks of the Semantic Boundaries Dataset (SBD) are used if their usual conversion to indexed PNG exists: a folder
/// <c>SegmentationClassAug</c> beside <c>SegmentationClass</c>, and a list such as <c>ImageSets/Segmentation/trainaug.txt</c>. SBD's
/// .mat files are not read. If a picture has both masks, VOC's is used.
/// </remarks>
public sealed class VocDataset : FileDataset
{
    /// <summary>Lists the files of a split.</summary>
    /// <param name="folder">The folder of a year, such as <c>VOCdevkit/VOC2012</c>.</param>
    /// <param name="split">The name of a list: <c>train</c>, <c>val</c>, <c>trainval</c>, or <c>trainaug</c> for SBD.</param>
    /// <exception cref="DatasetException">There is no such folder or split.</exception>
    public VocDataset(string folder, string split)
        : base(NameOf(folder, split), ClassList.Voc, LabelMap.IgnoreId, new SampleReader(colors: null, new DecodeOptions()),
            List(folder, split))
    {
    }

    private static string NameOf(string folder, string split)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(split);
        return $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))} {split}";
    }

    private static IEnumerable<SampleFiles> List(string folder, string split)
    {
        var names = NameList.Read(Path.Combine(folder, "ImageSets", "Segmentation", $"{split}.txt"));
        var pictures = new NamedFiles(Path.Combine(folder, "JPEGImages"), suffix: "");
        var masks = new NamedFiles(Path.Combine(folder, "SegmentationClass"), suffix: "");
        var sbdFolder = Path.Combine(folder, "SegmentationClassAug");
        var sbdMasks = Directory.Exists(sbdFolder) ? new NamedFiles(sbdFolder, suffix: "") : null;
        return names.Select(name => new SampleFiles(name, pictures.PathOf(name), MaskOf(name)));

        string MaskOf(string name) =>
            !masks.TryGetPath(name, out _) && sbdMasks?.TryGetPath(name, out var path) is true ? path : masks.PathOf(name);
    }
}
