using FcnSharp.Support;

namespace FcnSharp.Tests.Support;

/// <summary>What becomes of files that are being written when the process ends; alone, because it concerns all of them.</summary>
[Collection(Alone.Name)]
public class UnfinishedFileTests
{
    [Fact]
    public void RemoveUnfinished_WhileAFileIsWritten_LeavesTheOldOneAlone()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["a.bin"], "old");

        var error = Assert.Throws<IOException>(() => AtomicFile.Write(folder["a.bin"], stream =>
        {
            stream.Write("half"u8);
            AtomicFile.RemoveUnfinished();
            Assert.Equal(OperatingSystem.IsWindows() ? 2 : 1, folder.FileNames().Length);
            throw new IOException("the process ends");
        }));

        Assert.Contains("the process ends", error.Message);
        Assert.Equal("old", File.ReadAllText(Assert.Single(Directory.GetFiles(folder.Path))));
    }

    [Fact]
    public void RemoveUnfinished_AfterAFileIsWritten_KeepsIt()
    {
        using var folder = new TempFolder();
        AtomicFile.Write(folder["a.bin"], stream => stream.Write("new"u8));

        AtomicFile.RemoveUnfinished();

        Assert.Equal("new", File.ReadAllText(folder["a.bin"]));
    }
}
