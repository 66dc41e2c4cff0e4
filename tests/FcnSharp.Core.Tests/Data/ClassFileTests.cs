using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Data;

public sealed class ClassFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_NamesAndColours_GivesTheClassesInOrder()
    {
        var file = Read("sky", "", "  road ahead #804080  ", "ignore #010203", "tree");

        Assert.Equal(["sky", "road ahead", "tree"], file.Classes.Select(info => info.Name));
        Assert.Equal(new RgbColor(0x80, 0x40, 0x80), file.Classes[1].Color);
        Assert.Equal(Palette.Distinct(3)[2], file.Classes[2].Color);
        Assert.Equal(new RgbColor(1, 2, 3), file.IgnoreColor);
    }

    [Fact]
    public void Read_WithoutAnIgnoredColour_HasNone() => Assert.Null(Read("sky").IgnoreColor);

    [Theory]
    [InlineData("Classes 0 and 1 are both called \"a\"", "a", "a")]
    [InlineData("The name of class 0 is blank or has control characters", "a\u0007b")]
    public void Read_WhatIsNoListOfClasses_IsRefused(string reason, params string[] lines)
    {
        var fault = Assert.Throws<DatasetException>(() => Read(lines));

        Assert.Equal(DatasetFault.Layout, fault.Fault);
        Assert.Contains(reason, fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(folder["classes.txt"], fault.Path);
    }

    [Fact]
    public void Read_AnEmptyFile_SaysWhatToWrite()
    {
        File.WriteAllBytes(folder["classes.txt"], []);

        var fault = Assert.Throws<DatasetException>(() => ClassFile.Read(folder["classes.txt"]));

        Assert.Contains("has 0 bytes, but a list of classes has 1 to 1048576.", fault.Message, StringComparison.Ordinal);
    }

    private ClassFile Read(params string[] lines)
    {
        File.WriteAllLines(folder["classes.txt"], lines);
        return ClassFile.Read(folder["classes.txt"]);
    }
}
