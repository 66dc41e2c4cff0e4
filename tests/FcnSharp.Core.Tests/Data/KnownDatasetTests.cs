using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Data;

/// <summary>The layouts of published data sets.</summary>
public class KnownDatasetTests
{
    [Fact]
    public void CamVid_Split_HasElevenClassesAndVoid()
    {
        using var folder = new DatasetFolder(0, 0);
        folder.Write("val/a.png", TestPictures.Noise(3, 4));
        folder.Write("valannot/a.png", new LabelMap(new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, 3, 4));

        var dataset = new CamVidDataset(folder.Path, "val");

        Assert.Equal(("CamVid val", 11, 1), (dataset.Name, dataset.IgnoreId, dataset.Count));
        Assert.Equal(ClassList.CamVid, dataset.Classes);
        Assert.Equal(11, dataset.Load(0).Labels[2, 3]);
        Assert.Throws<DatasetException>(() => new CamVidDataset(folder.Path, "train"));
    }

    [Fact]
    public void Voc_Split_IsThatOfTheList()
    {
        using var folder = Voc();

        var dataset = new VocDataset(folder.Path, "train");

        Assert.Equal(["one"], Enumerable.Range(0, dataset.Count).Select(dataset.NameOf));
        Assert.Equal((255, 21), (dataset.IgnoreId, dataset.Classes.Count));
        Assert.Equal(DatasetFolder.Labels(1).Labels.ToArray(), dataset.Load(0).Labels.Labels.ToArray());
        Assert.Throws<DatasetException>(() => new VocDataset(folder.Path, "test"));
    }

    [Fact]
    public void Voc_WithSbd_TakesVocsMaskFirst()
    {
        using var folder = Voc();
        folder.Write("SegmentationClassAug/one.png", DatasetFolder.Labels(8));
        folder.Write("SegmentationClassAug/two.png", DatasetFolder.Labels(9));

        var dataset = new VocDataset(folder.Path, "trainaug");

        Assert.Equal(DatasetFolder.Labels(1).Labels.ToArray(), dataset.Load(0).Labels.Labels.ToArray());
        Assert.Equal(DatasetFolder.Labels(9).Labels.ToArray(), dataset.Load(1).Labels.Labels.ToArray());
    }

    [Fact]
    public void Voc_WithoutSbd_SaysWhichMaskIsMissing()
    {
        using var folder = Voc();

        var error = Assert.Throws<DatasetException>(() => new VocDataset(folder.Path, "trainaug").Load(1));

        Assert.Equal(Path.Combine(folder.Path, "SegmentationClass", "two.*"), error.Path);
    }

    private static DatasetFolder Voc()
    {
        var folder = new DatasetFolder(0, 0);
        folder.Write("JPEGImages/one.jpg", TestPictures.Noise(12, 8));
        folder.Write("JPEGImages/two.jpg", TestPictures.Noise(12, 8));
        folder.Write("SegmentationClass/one.png", DatasetFolder.Labels(1));
        folder.Write("ImageSets/Segmentation/train.txt", "one\n");
        folder.Write("ImageSets/Segmentation/trainaug.txt", "one\ntwo\n");
        return folder;
    }
}
