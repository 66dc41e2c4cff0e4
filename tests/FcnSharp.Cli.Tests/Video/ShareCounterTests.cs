using FcnSharp.Cli.Video;
using FcnSharp.Imaging;

namespace FcnSharp.CliTests.Video;

public class ShareCounterTests
{
    private static readonly ClassList Classes = new(["sky", "road, paved", "a \"car\""]);

    [Fact]
    public void Add_FramesThatTheNetworkSaw_WritesALineForEach()
    {
        using var table = new StringWriter();
        var counter = new ShareCounter(Classes, new FrameRate(30000, 1001), table);
        var labels = Labels(0, 0, 0, 1);

        counter.Add(0, labels);
        counter.Add(1, labels);
        counter.Add(2, Labels(1, 1, 2, LabelMap.IgnoreId));

        Assert.Equal(
            "frame,seconds,sky,\"road, paved\",\"a \"\"car\"\"\"\n" +
            "0,0.000,0.75000,0.25000,0.00000\n" +
            "2,0.067,0.00000,0.66667,0.33333\n",
            table.ToString());
        Assert.Equal(2, counter.Computed);
    }

    [Fact]
    public void ShareOf_AllFrames_IsThatOfTheirLabelledPixels()
    {
        var counter = new ShareCounter(Classes, new FrameRate(25, 1), table: null);

        counter.Add(0, Labels(0, 0, 0, 1));
        counter.Add(1, Labels(2, LabelMap.IgnoreId, LabelMap.IgnoreId, LabelMap.IgnoreId));

        Assert.Equal([0.6, 0.2, 0.2], Enumerable.Range(0, 3).Select(counter.ShareOf));
    }

    [Fact]
    public void ShareOf_NothingLabelled_IsZero()
    {
        var counter = new ShareCounter(Classes, new FrameRate(25, 1), table: null);

        counter.Add(0, Labels(LabelMap.IgnoreId, LabelMap.IgnoreId, LabelMap.IgnoreId, LabelMap.IgnoreId));

        Assert.Equal(0, counter.ShareOf(0));
    }

    private static LabelMap Labels(params byte[] ids) => new(ids, 2, 2);
}
