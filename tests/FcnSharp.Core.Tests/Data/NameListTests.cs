using System.Text;
using FcnSharp.Data;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Data;

public sealed class NameListTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<string> Kinds => SpecialFiles.Kinds;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_AnyEndsOfLines_GivesTheNames()
    {
        File.WriteAllText(folder["list"], "a\r\nb.png\n\rc/d\\e.JPG\n  f g  \nlast");

        Assert.Equal(["a", "b", "c/d/e", "f g", "last"], NameList.Read(folder["list"]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_OfNoFileWithContent_IsRefused(string kind) => Refused(SpecialFiles.Make(kind, folder), "is empty (0 bytes)");

    [Fact]
    public void Read_OfAFolder_IsRefused() => Refused(folder.Path, "is a folder");

    [Theory]
    [InlineData("/dev/zero\0\n", "line 1 has the control character U+0000")]
    [InlineData("a\n\u001b[31mb\n", "line 2 has the control character U+001B")]
    [InlineData("a\nb\na\n", "names \"a\" twice, in lines 1 and 3")]
    [InlineData("\n \n", "contains no names")]
    public void Read_OfAHostileList_SaysWhatIsWrong(string text, string reason)
    {
        File.WriteAllText(folder["list"], text);

        Refused(folder["list"], reason);
    }

    [Fact]
    public void Read_OfEveryShortListOfOddBytes_GivesNamesOrATypedError()
    {
        var random = new Random(11);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = new byte[11];
            random.NextBytes(bytes);
            byte[][] marks =
                [[], [0xFF, 0xFE], [0xFE, 0xFF], [0xFF, 0xFE, 0, 0], [0xEF, 0xBB, 0xBF], "../"u8.ToArray(), "/dev/"u8.ToArray()];
            marks[round % marks.Length].CopyTo(bytes, 0);
            File.WriteAllBytes(folder["list"], bytes);

            try
            {
                Assert.NotEmpty(NameList.Read(folder["list"]));
            }
            catch (DatasetException error)
            {
                AssertFit(error);
            }
        }
    }

    [Theory]
    [InlineData(1025, "has more than 1024 characters")]
    [InlineData(20_000_000, "has more than 1024 characters")]
    public void Read_OfALongLine_IsRefusedInBoundedMemory(int length, string reason)
    {
        File.WriteAllBytes(folder["list"], Enumerable.Repeat((byte)'a', length).ToArray());

        var bytes = Allocated.By(() => Refused(folder["list"], reason));

        Assert.True(bytes <= Allocated.ForAHeader, $"{bytes} bytes");
    }

    [Fact]
    public void Read_OfTooManyLines_IsRefusedInBoundedMemory()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 120_001; i++)
        {
            text.Append(i.ToString("x", provider: null)).Append('\n');
        }

        File.WriteAllText(folder["list"], text.ToString());
        var bytes = Allocated.By(() => Refused(folder["list"], "has more than 120000 lines"));

        Assert.True(bytes <= Allocated.Bound(text.Length), $"{bytes} bytes for {text.Length}");
    }

    [Theory]
    [InlineData("VOC")]
    [InlineData("folder")]
    public void Constructor_WithANameOfControlCharacters_IsRefusedInOneLine(string kind)
    {
        foreach (var name in new[] { "ImageSets/Segmentation", "JPEGImages", "SegmentationClass" })
        {
            Directory.CreateDirectory(folder[name]);
        }

        File.WriteAllText(folder["ImageSets/Segmentation/train.txt"], "a\u0007\nb\n");

        AssertFit(Assert.Throws<DatasetException>(() => kind == "VOC"
            ? (FileDataset)new VocDataset(folder.Path, "train")
            : new FolderDataset(folder.Path, new FolderDatasetOptions
            {
                Classes = DatasetFolder.Classes,
                Pictures = "JPEGImages",
                Masks = "SegmentationClass",
                SplitFile = "ImageSets/Segmentation/train.txt",
            })));
    }

    private static void Refused(string path, string reason)
    {
        var error = Assert.Throws<DatasetException>(() => NameList.Read(path));
        Assert.Equal((DatasetFault.Layout, path), (error.Fault, error.Path));
        Assert.Contains(reason, error.Reason);
        AssertFit(error);
    }

    private static void AssertFit(Exception error)
    {
        Assert.True(error.Message.Length <= 400);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }
}
