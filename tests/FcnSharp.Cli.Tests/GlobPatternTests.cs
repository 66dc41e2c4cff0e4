using FcnSharp.Cli.Batch;

namespace FcnSharp.CliTests;

public class GlobPatternTests
{
    private static readonly char Slash = Path.DirectorySeparatorChar;

    [Fact]
    public void RootOf_ADrive_IsItsTopFolder()
    {
        Assert.Equal($"C:{Slash}", GlobPattern.RootOf(["C:"], hasDrives: true));
        Assert.Equal($"C:{Slash}photos", GlobPattern.RootOf(["C:", "photos"], hasDrives: true));
        Assert.Equal("C:", GlobPattern.RootOf(["C:"], hasDrives: false));
    }

    [Fact]
    public void RootOf_OtherNames_IsTheirFolder()
    {
        Assert.Equal(".", GlobPattern.RootOf([], hasDrives: true));
        Assert.Equal($"{Slash}", GlobPattern.RootOf([""], hasDrives: false));
        Assert.Equal($"{Slash}photos", GlobPattern.RootOf(["", "photos"], hasDrives: false));
    }
}
