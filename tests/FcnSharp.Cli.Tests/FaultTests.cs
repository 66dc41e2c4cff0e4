using FcnSharp.Cli;
using FcnSharp.Cli.Terminal;
using FcnSharp.Data;
using FcnSharp.Imaging;

namespace FcnSharp.CliTests;

/// <summary>The cause that the tool reports when an exception ends a command: the user, a signal or the program.</summary>
public class FaultTests
{
    [Fact]
    public void IsUsersFault_WhatTheLibraryRefuses_IsTrue()
    {
        Assert.True(Consoles.IsUsersFault(Thrown(() => ClassList.Numbered(300))));
        Assert.True(Consoles.IsUsersFault(Thrown(() => new FolderDataset(
            "x", new FolderDatasetOptions { Classes = ClassList.Voc, Pictures = "same", Masks = "same" }))));
        Assert.True(Consoles.IsUsersFault(new UsageException("wrong")));
        Assert.True(Consoles.IsUsersFault(new FileNotFoundException()));
    }

    [Fact]
    public void IsUsersFault_WhatTheRuntimeRefusesInsideOfTheProgram_IsFalse()
    {
        Assert.False(Consoles.IsUsersFault(Thrown(() => new byte[3].AsSpan(2, 4).ToArray())));
        Assert.False(Consoles.IsUsersFault(Thrown(() => Path.GetFullPath(""))));
        Assert.False(Consoles.IsUsersFault(Thrown(() => new Dictionary<int, int> { { 1, 1 }, { 1, 2 } })));
        Assert.False(Consoles.IsUsersFault(new InvalidOperationException()));
    }

    [Fact]
    public void ExitCode_OfACancellation_IsTheSignalsOrNone()
    {
        Assert.Equal(143, ExitCode.Of(new OperationCanceledException(), ExitCode.Terminated));
        Assert.Null(ExitCode.Of(new OperationCanceledException(), interrupted: 0));
        Assert.Equal(2, ExitCode.Of(new UsageException("wrong"), interrupted: 0));
        Assert.Null(ExitCode.Of(new InvalidOperationException(), interrupted: 0));
    }

    private static ArgumentException Thrown(Func<object> call) => Assert.ThrowsAny<ArgumentException>(call);
}
