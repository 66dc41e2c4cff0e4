using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Tests.Support;

public class InputFileTests
{
    public static TheoryData<string> Kinds => SpecialFiles.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Open_OfNoFileWithContent_IsRefusedBeforeItIsOpened(string kind)
    {
        using var folder = new TempFolder();
        var path = SpecialFiles.Make(kind, folder);

        var error = Assert.Throws<InvalidOperationException>(() => InputFile.Open(path, Refused));

        Assert.Contains("is empty (0 bytes), or a device or a pipe", error.Message);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LoadOfPicturesAndMasks_OfNoFileWithContent_IsRefused(string kind)
    {
        using var folder = new TempFolder();
        var path = SpecialFiles.Make(kind, folder);

        Assert.Equal(path, Assert.Throws<ImageFileException>(() => RgbImage.Load(path)).Path);
        Assert.Equal(path, Assert.Throws<ImageFileException>(() => LabelMap.Load(path)).Path);
    }

    [Fact]
    public void Open_ThroughLinks_ReadsTheFile()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["file"], "content");
        File.CreateSymbolicLink(folder["inner"], "file");
        File.CreateSymbolicLink(folder["outer"], "inner");

        using var stream = InputFile.Open(folder["outer"], Refused);

        Assert.Equal(7, stream.Length);
    }

    [Fact]
    public void Open_OfALinkThatLeadsNowhere_NamesIt()
    {
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder["dangling"], "nothing");
        File.CreateSymbolicLink(folder["one"], "other");
        File.CreateSymbolicLink(folder["other"], "one");

        foreach (var name in new[] { "dangling", "one" })
        {
            var error = Assert.Throws<FileNotFoundException>(() => InputFile.Open(folder[name], Refused));

            Assert.StartsWith($"{folder[name]}: ", error.Message);
        }
    }

    private static InvalidOperationException Refused(string reason, string remedy) => new($"{reason} {remedy}");
}
