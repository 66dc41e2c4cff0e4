using FcnSharp.Engine.Cpu;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public class ChannelMapTests
{
    [Fact]
    public void Constructor_MoreValuesThanAMapHolds_SaysWhatToDo()
    {
        var error = Assert.Throws<ArgumentException>(() => new ChannelMap(TestMaps.Scratch, 6000, 6000, 64));

        Assert.Contains("too large for this engine", error.Message);
        Assert.Contains("Set a working size", error.Message);
    }
}
