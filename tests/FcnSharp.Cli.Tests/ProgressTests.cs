using System.Text.Json;

namespace FcnSharp.CliTests;

public sealed class ProgressTests : IDisposable
{
    private readonly Tool tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Progress_AsJson_IsALineForAProgramUpToTheLastPicture()
    {
        tool.PutSmall("photos/1.png");
        tool.PutSmall("photos/2.png");
        tool.PutSmall("photos/3.png");

        var (code, _, errors) = tool.Run(
            "segment", "photos", "-o", "out", "--labels", "--model", Tool.SmallModel, "--progress", "json");

        Assert.Equal(0, code);
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line =>
        {
            var json = JsonDocument.Parse(line).RootElement;
            Assert.Equal("progress", json.GetProperty("event").GetString());
            Assert.Equal("segmenting", json.GetProperty("what").GetString());
            Assert.Equal(3, json.GetProperty("total").GetInt32());
        });
        Assert.Equal(3, JsonDocument.Parse(lines[^1]).RootElement.GetProperty("done").GetInt32());
    }

    [Fact]
    public void Progress_OfAnotherKind_IsRefusedWithTheOnesThereAre()
    {
        var (code, _, errors) = tool.Run("segment", "x.png", "--progress", "loud");

        Assert.Equal(2, code);
        OneLine.Assert(errors, "error: --progress takes auto, plain, json or none, but got \"loud\".");
    }
}
