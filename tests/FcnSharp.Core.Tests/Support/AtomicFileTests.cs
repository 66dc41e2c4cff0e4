using FcnSharp.Support;

namespace FcnSharp.Tests.Support;

public class AtomicFileTests
{
    [Fact]
    public void Write_ThatFails_KeepsTheOldFileAndLeavesNothingBeside()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["model.bin"], "old");

        void HalfWritten(Stream stream)
        {
            stream.Write(new byte[100]);
            throw new InvalidOperationException("power cut");
        }

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["model.bin"], HalfWritten));

        Assert.Equal("old", File.ReadAllText(folder["model.bin"]));
        Assert.Equal(["model.bin"], folder.FileNames());
    }

    [Fact]
    public void Write_OverAnOldFile_ReplacesItWhole()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["model.bin"], "a longer old text");

        AtomicFile.Write(folder["model.bin"], stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(folder["model.bin"]));
        Assert.Equal(["model.bin"], folder.FileNames());
    }

    [Fact]
    public void Write_GrowingElsewhere_LeavesNothingThere()
    {
        using var folder = new TempFolder();
        using var parts = new TempFolder();
        var growing = 0;

        AtomicFile.Write(folder["model.bin"], _ => growing = Directory.GetFiles(parts.Path).Length, parts.Path);

        Assert.Equal(1, growing);
        Assert.Equal(["model.bin"], folder.FileNames());
        Assert.Empty(parts.FileNames());
    }

    [Fact]
    public void Write_IntoAMissingFolder_NamesTheFileTheUserAskedFor()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "no", "such", "model.bin");

        var error = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(path, _ => { }));

        Assert.StartsWith($"{path}: ", error.Message);
        Assert.DoesNotContain(".tmp", error.Message);
    }

    [Fact]
    public void Write_OntoAFolder_SaysSo()
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<IOException>(() => AtomicFile.Write(folder.Path, _ => { }));

        Assert.Contains("is a folder", error.Message);
    }

    [Fact]
    public void Make_ByAnotherProgramThatFails_KeepsTheOldFileAndLeavesNothingBeside()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["clip.mp4"], "old");

        void HalfMade(string part)
        {
            File.WriteAllText(part, "half");
            throw new InvalidOperationException("it crashed");
        }

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Make(folder["clip.mp4"], HalfMade));

        Assert.Equal("old", File.ReadAllText(folder["clip.mp4"]));
        Assert.Equal(["clip.mp4"], folder.FileNames());
    }

    [Fact]
    public void Make_ThatSucceeds_PutsTheFileInPlace()
    {
        using var folder = new TempFolder();

        AtomicFile.Make(folder["clip.mp4"], part => File.WriteAllText(part, "whole"));

        Assert.Equal("whole", File.ReadAllText(folder["clip.mp4"]));
        Assert.Equal(["clip.mp4"], folder.FileNames());
    }
}
