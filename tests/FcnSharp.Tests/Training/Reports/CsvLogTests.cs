using FcnSharp.Tests.Support;
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
}
