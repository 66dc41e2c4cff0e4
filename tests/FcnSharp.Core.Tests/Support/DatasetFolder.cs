using FcnSharp.Data;
using FcnSharp.Imaging;

namespace FcnSharp.Tests.Support;

/// <summary>
/// A sound data set of 3 classes on disk, 12x8 pixels a picture: <c>train/images</c>, <c>train/labels</c>, <c>val/images</c>,
/// <c>val/labels</c>; every mask has all classes and some ignored pixels.
/// </summary>
internal sealed class DatasetFolder : IDisposable
{
    public const int Width = 12;
    public const int Height = 8;

    private readonly TempFolder folder = new();

    public DatasetFolder(int trainCount = 5, int valCount = 3)
    {
        for (var i = 0; i < trainCount + valCount; i++)
        {
            var split = i < trainCount ? "train" : "val";
            Write($"{split}/images/p{i}.png", TestPictures.Noise(Width, Height, seed: i));
            Write($"{split}/labels/p{i}.png", Labels(seed: i));
        }
    }

    public static ClassList Classes { get; } = new(
        ["road", "sky", "tree"], new Palette([new(128, 64, 128), new(70, 130, 180), new(107, 142, 35)]));

    public string Path => folder.Path;

    public string this[string name] => System.IO.Path.GetFullPath(name, folder.Path);

    /// <summary>Labels of ids 0, 1, 2 and, once in sixteen, 255.</summary>
    public static LabelMap Labels(int seed, int width = Width, int height = Height)
    {
        var random = new Random(seed);
        byte[] labels = [.. Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(3))];
        for (var i = 3; i < labels.Length; i += 16)
        {
            labels[i] = LabelMap.IgnoreId;
        }

        (labels[0], labels[1], labels[2]) = (0, 1, 2);
        return new LabelMap(labels, width, height);
    }

    public void Write(string name, RgbImage picture)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        picture.Save(this[name]);
    }

    public void Write(string name, LabelMap labels)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        labels.Save(this[name], Classes.Palette);
    }

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    public FolderDataset Open(string split, int ignoreId = LabelMap.IgnoreId, Palette? palette = null) => new(Path, new FolderDatasetOptions
    {
        Classes = Classes,
        IgnoreId = ignoreId,
        Pictures = $"{split}/images",
        Masks = $"{split}/labels",
        MaskPalette = palette,
    });

    public void Dispose() => folder.Dispose();
}
