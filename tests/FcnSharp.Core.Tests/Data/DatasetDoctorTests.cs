using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Data;

public class DatasetDoctorTests
{
    [Fact]
    public void Check_ASoundDataset_FindsNothing()
    {
        using var folder = new DatasetFolder();

        var report = Check(folder);

        Assert.True(report.IsSound);
        Assert.Empty(report.Findings);
        Assert.Equal(8, report.Pictures);
        Assert.Equal(255, report.SuggestedIgnoreId);
        Assert.StartsWith("8 pictures, nothing wrong\n", report.ToText());
    }

    [Fact]
    public void Check_AMissingMask_FindsThat()
    {
        using var folder = new DatasetFolder();
        File.Delete(folder["train/labels/p2.png"]);

        FindsOnly(Check(folder), DatasetFault.MissingMask, folder["train/labels/p2.*"]);
    }

    [Fact]
    public void Check_AMissingPicture_FindsThat()
    {
        using var folder = new DatasetFolder();
        File.Delete(folder["val/images/p6.png"]);

        FindsOnly(Check(folder), DatasetFault.MissingPicture, folder["val/images/p6.*"]);
    }

    [Fact]
    public void Check_ASizeMismatch_FindsThat()
    {
        using var folder = new DatasetFolder();
        folder.Write("train/labels/p1.png", DatasetFolder.Labels(1, width: 8, height: 12));

        var finding = FindsOnly(Check(folder), DatasetFault.SizeMismatch, folder["train/labels/p1.png"]);

        Assert.Contains("8x12 pixels, but its picture is 12x8", finding.Files[0].Reason);
    }

    [Fact]
    public void Check_AnIdAboveTheClasses_FindsThat()
    {
        using var folder = new DatasetFolder();
        var labels = DatasetFolder.Labels(1).Labels.ToArray();
        labels[17] = 3;
        folder.Write("train/labels/p1.png", new LabelMap(labels, 12, 8));

        var finding = FindsOnly(Check(folder), DatasetFault.UnknownId, folder["train/labels/p1.png"]);

        Assert.Contains("pixel (5, 1) has the id 3", finding.Files[0].Reason);
    }

    [Fact]
    public void Check_AnRgbMask_FindsThat()
    {
        using var folder = new DatasetFolder();
        folder.Write("train/labels/p1.png", DatasetFolder.Labels(1).ToColors(DatasetFolder.Classes.Palette));

        FindsOnly(Check(folder), DatasetFault.ColorMask, folder["train/labels/p1.png"]);
    }

    [Fact]
    public void Check_AJpegMask_FindsThat()
    {
        using var folder = new DatasetFolder();
        File.Delete(folder["train/labels/p1.png"]);
        folder.Write("train/labels/p1.jpg", DatasetFolder.Labels(1).ToColors(DatasetFolder.Classes.Palette));

        FindsOnly(Check(folder), DatasetFault.ColorMask, folder["train/labels/p1.jpg"]);
    }

    [Fact]
    public void Check_ABlackAndWhiteMask_FindsThatWhateverTheIgnoredId()
    {
        using var folder = new DatasetFolder();
        foreach (var mask in Directory.GetFiles(folder.Path, "*.png", SearchOption.AllDirectories).Where(path => path.Contains("labels")))
        {
            var labels = LabelMap.Load(mask).Labels.ToArray();
            LabelMap repaired = new(labels.Select(id => id == 255 ? (byte)0 : id).ToArray(), 12, 8);
            repaired.Save(mask, DatasetFolder.Classes.Palette);
        }

        Assert.True(Check(folder).IsSound);
        folder.Write("train/labels/p1.png", new LabelMap(Enumerable.Range(0, 96).Select(i => (byte)(i % 2 * 255)).ToArray(), 12, 8));

        FindsOnly(Check(folder), DatasetFault.BlackWhiteMask, folder["train/labels/p1.png"]);
        FindsOnly(Check(folder, ignoreId: 9), DatasetFault.BlackWhiteMask, folder["train/labels/p1.png"]);
    }

    [Fact]
    public void Check_OnlyClass0AndIgnoredWhereOthersHaveIgnoredPixelsToo_IsSound()
    {
        using var folder = new DatasetFolder();
        folder.Write("train/labels/p1.png", new LabelMap(Enumerable.Range(0, 96).Select(i => (byte)(i % 2 * 255)).ToArray(), 12, 8));

        Assert.True(Check(folder).IsSound);
    }

    [Fact]
    public void Check_UnreadableFiles_FindsBothOfASample()
    {
        using var folder = new DatasetFolder();
        File.WriteAllText(folder["train/images/p1.png"], "no picture");
        File.WriteAllBytes(folder["train/labels/p1.png"], []);

        FindsOnly(Check(folder), DatasetFault.UnreadableFile, folder["train/images/p1.png"], folder["train/labels/p1.png"]);
    }

    [Fact]
    public void Check_AnUnknownColour_FindsThat()
    {
        using var folder = new DatasetFolder(trainCount: 2, valCount: 0);
        folder.Write("train/labels/p0.png", TestPictures.Flat(12, 8, DatasetFolder.Classes[1].Color));
        folder.Write("train/labels/p1.png", TestPictures.Flat(12, 8, new RgbColor(1, 2, 3)));

        var report = DatasetDoctor.Check([folder.Open("train", palette: DatasetFolder.Classes.Palette)]);

        FindsOnly(report, DatasetFault.UnknownColor, folder["train/labels/p1.png"]);
    }

    [Fact]
    public void Check_APictureInBothSplits_FindsThatWhateverItsNameAndFormat()
    {
        using var folder = new DatasetFolder();
        TestPictures.Noise(12, 8, seed: 2).Save(folder["val/images/p7.png"]);
        File.Move(folder["val/images/p7.png"], folder["val/images/other.png"]);
        File.Move(folder["val/labels/p7.png"], folder["val/labels/other.png"]);
        File.WriteAllBytes(folder["val/images/other.png"], TestPictures.Bmp(TestPictures.Noise(12, 8, seed: 2)));

        var finding = FindsOnly(Check(folder), DatasetFault.DuplicateAcrossSplits, folder["val/images/other.png"]);

        Assert.Contains(folder["train/images/p2.png"], finding.Files[0].Reason);
        Assert.True(DatasetDoctor.Check([folder.Open("train")]).IsSound);
    }

    [Fact]
    public void Check_MasksThatIgnoreByAnotherId_SuggestsIt()
    {
        using var folder = new DatasetFolder();

        var report = Check(folder, ignoreId: 3);

        Assert.Equal(255, report.SuggestedIgnoreId);
        Assert.Equal(8, Assert.Single(report.Findings).Files.Count);
        Assert.Contains("the ignored id were 255", report.ToText());
        Assert.Contains("... and 3 more", report.ToText());
    }

    [Fact]
    public void Check_Frequencies_AreThoseCountedByHand()
    {
        using var folder = new DatasetFolder(0, 0);
        folder.Write("train/images/a.png", TestPictures.Noise(4, 2));
        folder.Write("train/labels/a.png", new LabelMap(new byte[] { 0, 0, 0, 1, 1, 255, 255, 0 }, 4, 2));
        folder.Write("train/images/b.png", TestPictures.Noise(2, 1));
        folder.Write("train/labels/b.png", new LabelMap(new byte[] { 0, 0 }, 2, 1));

        var report = DatasetDoctor.Check([folder.Open("train")]);

        Assert.Equal([6, 2, 0], report.Classes.Select(item => item.Pixels));
        Assert.Equal([2, 1, 0], report.Classes.Select(item => item.Pictures));
        Assert.Equal([0.75, 0.25, 0], report.Classes.Select(item => item.Share));
        Assert.Equal(1 / Math.Log(1.77), report.Classes[0].Weight, 1e-12);
        Assert.Equal(1 / Math.Log(1.02), report.Classes[2].Weight, 1e-12);
        Assert.Equal((2, 0.2), (report.IgnoredPixels, report.IgnoredShare));
    }

    [Fact]
    public void Check_ADatasetInMemory_ChecksItsIdsToo()
    {
        var labels = new LabelMap(new byte[] { 0, 2 }, 2, 1);
        var sample = new SegmentationSample("p0", TestPictures.Noise(2, 1), labels);
        var dataset = new MemoryDataset(ClassList.Numbered(2), 255, [sample, null]);

        var report = DatasetDoctor.Check([dataset]);

        Assert.Equal([DatasetFault.UnreadableFile, DatasetFault.UnknownId], report.Findings.Select(finding => finding.Fault));
        Assert.Equal("p0", report.Findings[1].Files[0].Path);
    }

    [Fact]
    public void Check_Progress_CountsToTheLast()
    {
        using var folder = new DatasetFolder();
        var progress = new Collected<DoctorProgress>();

        DatasetDoctor.Check([folder.Open("train"), folder.Open("val")], progress);

        Assert.Equal(Enumerable.Range(1, 8), progress.Values.Select(value => value.Done).Order());
        Assert.All(progress.Values, value => Assert.Equal(8, value.Total));
    }

    [Fact]
    public void Check_Cancelled_Ends()
    {
        using var folder = new DatasetFolder();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => DatasetDoctor.Check([folder.Open("train")], cancellationToken: cancellation.Token));
    }

    [Fact]
    public void Check_SplitsThatDiffer_AreRefused()
    {
        using var folder = new DatasetFolder();

        Assert.Throws<ArgumentException>(() => DatasetDoctor.Check([]));
        Assert.Throws<ArgumentException>(() => DatasetDoctor.Check([folder.Open("train"), folder.Open("val", ignoreId: 7)]));
    }

    private static DatasetReport Check(DatasetFolder folder, int ignoreId = 255) =>
        DatasetDoctor.Check([folder.Open("train", ignoreId), folder.Open("val", ignoreId)]);

    private static DatasetFinding FindsOnly(DatasetReport report, DatasetFault fault, params string[] paths)
    {
        var finding = Assert.Single(report.Findings);
        Assert.Equal(fault, finding.Fault);
        Assert.Equal(paths, finding.Files.Select(file => file.Path));
        Assert.All(finding.Files, file => Assert.NotEmpty(file.Reason));
        Assert.EndsWith(".", finding.Remedy);
        Assert.Contains(paths[0], report.ToText());
        Assert.Contains(finding.Remedy, report.ToText());
        return finding;
    }
}
