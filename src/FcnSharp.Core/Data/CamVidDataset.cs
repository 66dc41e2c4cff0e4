using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>
/// The CamVid street scenes in the version of the SegNet tutorial: pictures in <c>train</c>, <c>val</c> and <c>test</c>, masks of class ids
/// in <c>trainannot</c>, <c>valannot</c> and <c>testannot</c>; 11 classes, id 11 is void. Thread-safe.
/// </summary>
public sealed class CamVidDataset : FileDataset
{
    private const int Void = 11;

    /// <summary>Lists the files of a split.</summary>
    /// <param name="folder">The folder that contains <c>train</c> and <c>trainannot</c>.</param>
    /// <param name="split">The name of a picture folder: <c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <exception cref="DatasetException">There is no such folder or split.</exception>
    public CamVidDataset(string folder, string split)
        : base($"CamVid {split}", ClassList.CamVid, Void, new SampleReader(colors: null, new DecodeOptions()), List(folder, split))
    {
    }

    private static IEnumerable<SampleFiles> List(string folder, string split)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(split);
        var pictures = new NamedFiles(Path.Combine(folder, split), suffix: "");
        var masks = new NamedFiles(Path.Combine(folder, $"{split}annot"), suffix: "");
        return pictures.Names.Union(masks.Names)
            .Order(StringComparer.Ordinal)
            .Select(name => new SampleFiles(name, pictures.PathOf(name), masks.PathOf(name)));
    }
}
