using FcnSharp.Tests.Support;
using FcnSharp.Training;
using FcnSharp.Training.Reports;

namespace FcnSharp.Torch.Tests.Training.Reports;

public sealed class CsvLogTests
{
    [Fact]
    public void Add_Numbers_AreWrittenToTheBitAndMissingOnesLeftEmpty()
    {
        using var folder = new TempFolder();

        using (var log = new CsvLog(folder["log.csv"], "step,a,b", step: 0))
        {
            log.Add(7, [1.0 / 3, null]);
        }

        Assert.Equal("step,a,b\n7,0.3333333333333333,\n", File.ReadAllText(folder["log.csv"]));
    }

    [Theory]
    [InlineData("step,a\n5,1\n10,2\n15,3\n", "step,a\n5,1\n10,2\n")]
    [InlineData("step,a\n5,1\n10,2", "step,a\n5,1\n")]
    [InlineData("step,a\n5,1\n1", "step,a\n5,1\n")]
    [InlineData("ste", "step,a\n")]
    [InlineData("", "step,a\n")]
    public void Open_AgainAtStep10_RemovesLaterAndCutOffLines(string before, string after)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["log.csv"], before);

        new CsvLog(folder["log.csv"], "step,a", step: 10).Dispose();

        Assert.Equal(after, File.ReadAllText(folder["log.csv"]));
    }

    [Theory]
    [InlineData("step,b\n5,1\n", "column names are not those")]
    [InlineData("step,a\n5,1\nnonsense\n", "line 3 does not begin with a step")]
    [InlineData("step,a\n-5,1\n", "line 2 does not begin with a step")]
    [InlineData("nonsense", "begin with the column names")]
    public void Open_AnotherFile_IsRefusedAndLeftAsItIs(string text, string reason)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["log.csv"], text);

        var error = Assert.Throws<TrainingException>(() => new CsvLog(folder["log.csv"], "step,a", step: 10));

        Assert.StartsWith($"{folder["log.csv"]}: is not the table", error.Message);
        Assert.Contains(reason, error.Message);
        Assert.Equal(text, File.ReadAllText(folder["log.csv"]));
    }

    [Fact]
    public void Open_AHugeLine_IsRefusedInBoundedMemory()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["log.csv"], "step,a\n" + new string('7', 50_000_000));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<TrainingException>(() => new CsvLog(folder["log.csv"], "step,a", step: 10));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        Assert.Contains("line 2 is longer than 65536 bytes", error.Message);
    }
}
