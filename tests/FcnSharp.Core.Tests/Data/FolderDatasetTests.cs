using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Data;

public class FolderDatasetTests
{
    private static readonly ClassList Classes = DatasetFolder.Classes;

    [Fact]
    public void Load_IndexedGreyAndColourMasks_GiveTheSameIds()
    {
        using var folder = new DatasetFolder(trainCount: 1);
        var ids = Enumerable.Range(0, 96).Select(i => (byte)(i % 3)).ToArray();
        var labels = new LabelMap(ids, 12, 8);
        folder.Write("train/labels/p0.png", labels);
        var indexed = folder.Open("train").Load(0);
        new GrayImage(ids, 12, 8).Save(folder["train/labels/p0.png"]);
        var grey = folder.Open("train").Load(0);
        folder.Write("train/labels/p0.png", labels.ToColors(Classes.Palette));
        var colored = folder.Open("train", palette: Classes.Palette).Load(0);

        Assert.All([indexed, grey, colored], sample => Assert.Equal(ids, sample.Labels.Labels.ToArray()));
        Assert.Equal("p0", indexed.Name);
        Assert.Equal(TestPictures.Noise(12, 8, seed: 0).Pixels.ToArray(), colored.Picture.Pixels.ToArray());
    }

    [Fact]
    public void Load_ColourMaskWithAColourForIgnored_GivesTheIgnoredId()
    {
        using var folder = new DatasetFolder(trainCount: 1);
        var palette = new Palette([.. Classes.Palette, new RgbColor(255, 255, 255)]);
        folder.Write("train/labels/p0.png", TestPictures.Flat(12, 8, new RgbColor(255, 255, 255)));

        var sample = folder.Open("train", ignoreId: 3, palette).Load(0);

        Assert.All(sample.Labels.Labels.ToArray(), id => Assert.Equal(3, id));
    }

    [Fact]
    public void Names_OfPicturesAndMasks_MatchWhateverTheEndingAndSubfolder()
    {
        using var folder = new DatasetFolder(0, 0);
        folder.Write("images/b/two.jpg", TestPictures.Noise(12, 8));
        folder.Write("labels/b/two.png", DatasetFolder.Labels(1));
        folder.Write("images/one.webp", TestPictures.Noise(12, 8));
        folder.Write("labels/one.png", DatasetFolder.Labels(2));
        folder.Write("images/readme.txt", "no picture");
        folder.Write("images/._one.png", "a trace of another system");

        var dataset = new FolderDataset(folder.Path, new FolderDatasetOptions { Classes = Classes });

        Assert.Equal(["b/two", "one"], Enumerable.Range(0, dataset.Count).Select(dataset.NameOf));
        Assert.Equal(DatasetFolder.Labels(1).Labels.ToArray(), dataset.Load(0).Labels.Labels.ToArray());
        Assert.Equal(folder["labels/one.png"], dataset.MaskPath(1));
        Assert.Equal(folder["images/one.webp"], dataset.PicturePath(1));
    }

    [Fact]
    public void SplitFile_ListsNamesInItsOrder()
    {
        using var folder = new DatasetFolder();
        folder.Write("mine.txt", "p3\n\n  p0.png \r\np1");

        var dataset = new FolderDataset(
            folder.Path,
            new FolderDatasetOptions { Classes = Classes, Pictures = "train/images", Masks = "train/labels", SplitFile = "mine.txt" });

        Assert.Equal(["p3", "p0", "p1"], Enumerable.Range(0, dataset.Count).Select(dataset.NameOf));
        Assert.Equal(DatasetFolder.Labels(seed: 3).Labels.ToArray(), dataset.Load(0).Labels.Labels.ToArray());
        Assert.EndsWith(" mine", dataset.Name);
    }

    [Fact]
    public void Suffix_InOneFolder_TellsMasksFromPictures()
    {
        using var folder = new DatasetFolder(0, 0);
        folder.Write("all/one.png", TestPictures.Noise(12, 8));
        folder.Write("all/one_L.png", DatasetFolder.Labels(1));

        var dataset = new FolderDataset(
            folder.Path, new FolderDatasetOptions { Classes = Classes, Pictures = "all", Masks = "all", MaskSuffix = "_L" });

        Assert.Equal(1, dataset.Count);
        Assert.Equal(DatasetFolder.Labels(1).Labels.ToArray(), dataset.Load(0).Labels.Labels.ToArray());
    }

    [Fact]
    public void Masks_InsideThePicturesFolder_AreNoPictures()
    {
        using var folder = new DatasetFolder(0, 0);
        folder.Write("one.png", TestPictures.Noise(12, 8));
        folder.Write("masks/one.png", DatasetFolder.Labels(1));

        var dataset = new FolderDataset(folder.Path, new FolderDatasetOptions { Classes = Classes, Pictures = ".", Masks = "masks" });

        Assert.Equal(["one"], Enumerable.Range(0, dataset.Count).Select(dataset.NameOf));
    }

    [Fact]
    public void Constructor_ReadsNoFile()
    {
        using var folder = new DatasetFolder(trainCount: 1);
        File.WriteAllText(folder["train/images/p0.png"], "garbage");

        var dataset = folder.Open("train");

        Assert.Equal(1, dataset.Count);
        Fails(() => dataset.Load(0), DatasetFault.UnreadableFile, folder["train/images/p0.png"]);
    }

    [Fact]
    public void Load_ByManyThreads_GivesEveryOneItsOwn()
    {
        using var folder = new DatasetFolder(trainCount: 8);
        var dataset = folder.Open("train");

        Parallel.For(0, 64, i =>
            Assert.Equal(DatasetFolder.Labels(seed: i % 8).Labels.ToArray(), dataset.Load(i % 8).Labels.Labels.ToArray()));
    }

    [Fact]
    public void Load_WhatDoesNotFit_NamesTheFileAndTheFix()
    {
        using var folder = new DatasetFolder(trainCount: 6);
        File.Delete(folder["train/labels/p0.png"]);
        File.Delete(folder["train/images/p1.png"]);
        folder.Write("train/labels/p2.png", DatasetFolder.Labels(1, width: 10));
        folder.Write("train/labels/p3.png", new LabelMap(Enumerable.Range(0, 96).Select(i => (byte)(i == 30 ? 7 : 0)).ToArray(), 12, 8));
        folder.Write("train/labels/p4.png", TestPictures.Noise(12, 8));
        folder.Write("train/labels/p5.png", new LabelMap(new byte[96], 12, 8));
        File.WriteAllBytes(folder["train/labels/p5.png"], File.ReadAllBytes(folder["train/labels/p5.png"])[..60]);
        var dataset = folder.Open("train");

        Fails(() => dataset.Load(0), DatasetFault.MissingMask, folder["train/labels/p0.*"]);
        Fails(() => dataset.Load(1), DatasetFault.MissingPicture, folder["train/images/p1.*"]);
        Assert.Contains("is 10x8 pixels, but its picture is 12x8",
            Fails(() => dataset.Load(2), DatasetFault.SizeMismatch, folder["train/labels/p2.png"]).Message);
        Assert.Contains("pixel (6, 2) has the id 7, but ids are 0 to 2, or 255",
            Fails(() => dataset.Load(3), DatasetFault.UnknownId, folder["train/labels/p3.png"]).Message);
        Fails(() => dataset.Load(4), DatasetFault.ColorMask, folder["train/labels/p4.png"]);
        Fails(() => dataset.Load(5), DatasetFault.UnreadableFile, folder["train/labels/p5.png"]);
    }

    [Fact]
    public void Load_UnknownColour_NamesFilePixelAndColour()
    {
        using var folder = new DatasetFolder(trainCount: 1);
        var pixels = new LabelMap(new byte[96], 12, 8).ToColors(Classes.Palette).Pixels.ToArray();
        (pixels[3 * 25], pixels[(3 * 25) + 1], pixels[(3 * 25) + 2]) = (1, 2, 3);
        folder.Write("train/labels/p0.png", new RgbImage(pixels, 12, 8));

        var error = Fails(() => folder.Open("train", palette: Classes.Palette).Load(0), DatasetFault.UnknownColor,
            folder["train/labels/p0.png"]);

        Assert.Contains("pixel (1, 2) is #010203", error.Message);
    }

    [Fact]
    public void Constructor_ALayoutThatIsNone_SaysWhatIsMissing()
    {
        using var folder = new DatasetFolder();
        folder.Write("twice.txt", "p0\np1\np0.png");
        folder.Write("nothing.txt", "\n \n");
        folder.Write("train/images/p0.jpg", TestPictures.Noise(12, 8));
        Directory.CreateDirectory(folder["void"]);

        FolderDatasetOptions Options(string pictures) => new() { Classes = Classes, Pictures = pictures, Masks = "val/labels" };
        DatasetException Open(FolderDatasetOptions options, string path) =>
            Fails(() => new FolderDataset(folder.Path, options), DatasetFault.Layout, folder[path]);

        Open(Options("nowhere"), "nowhere");
        Open(new FolderDatasetOptions { Classes = Classes, Pictures = "void", Masks = "void", MaskSuffix = "_L" }, "void");
        Open(Options("val/images") with { SplitFile = "none.txt" }, "none.txt");
        Open(Options("val/images") with { SplitFile = "nothing.txt" }, "nothing.txt");
        Assert.Contains("in lines 1 and 3", Open(Options("val/images") with { SplitFile = "twice.txt" }, "twice.txt").Message);
        Assert.Contains("has the same name as", Open(Options("train/images"), "train/images/p0.png").Message);
    }

    [Fact]
    public void Constructor_OptionsThatContradict_AreRefused()
    {
        using var folder = new DatasetFolder();

        Assert.Throws<ArgumentException>(() =>
            new FolderDataset(folder.Path, new FolderDatasetOptions { Classes = Classes, Pictures = "train", Masks = "train" }));
        Assert.Contains("Ids 0 and 2", Assert.Throws<ArgumentException>(() =>
            folder.Open("train", palette: new Palette([default, new RgbColor(1, 1, 1), default]))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FolderDatasetOptions { Classes = Classes, IgnoreId = 256 });
    }

    [Fact]
    public void NameOf_AnIndexBeyondTheLast_IsRefused()
    {
        using var folder = new DatasetFolder(trainCount: 2);
        var dataset = folder.Open("train");

        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.NameOf(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Load(-1));
    }

    private static DatasetException Fails(Func<object> action, DatasetFault fault, string path)
    {
        var error = Assert.Throws<DatasetException>(action);
        Assert.Equal(fault, error.Fault);
        Assert.Equal(path, error.Path);
        Assert.StartsWith($"{path}: {error.Reason} {error.Remedy}", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }
}
