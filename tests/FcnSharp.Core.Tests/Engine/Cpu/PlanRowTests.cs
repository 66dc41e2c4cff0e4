using FcnSharp.Engine;
using FcnSharp.Engine.Cpu;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public class PlanRowTests
{
    [Fact]
    public void Of_AnFcn8s_HasARowForEveryLayerAndTheLastAtThePicturesSize()
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny());

        var rows = PlanRow.Of(engine.Plan, 50, 33);

        Assert.Equal(engine.Plan.Graph.Nodes.Where(node => node.Tensors.Any()).Select(node => node.Name).Order(StringComparer.Ordinal),
            rows.Select(row => row.Name).Order(StringComparer.Ordinal));
        Assert.Equal(new MapShape(50, 33, engine.NumClasses), rows[^1].Output);
        Assert.Equal(new MapShape(32, 32, engine.Plan.Graph["conv1.2"].Channels), rows.Single(row => row.Name == "conv1.2").Output);
    }

    [Fact]
    public void Of_AnFcn8s_CountsWhatLayersAskForAndWhatIsMultiplied()
    {
        var network = FilledNetwork.Tiny();
        using var engine = new CpuEngine(network);

        var rows = PlanRow.Of(engine.Plan, 64, 64);

        var (first, second) = (network["conv1.0.weight"].Values.Length, network["conv1.2.weight"].Values.Length);
        Assert.Equal(64L * 64 * first, rows[0].AskedMultiplications);
        Assert.Equal(64L * 64 * second, rows[1].AskedMultiplications);
        Assert.Equal(16L * 16 * second / 9 * 36, rows[1].Multiplications);
    }

    [Fact]
    public void Of_LayersInStrips_GivesNoBytesForTheMapBetweenThem()
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny());

        var rows = PlanRow.Of(engine.Plan, 64, 64);

        Assert.Equal((null, 0L), (rows[0].Output, rows[0].MapBytes));
        Assert.True(rows[1].MapBytes >= sizeof(float) * 32 * 32 * engine.Plan.Graph["conv1.2"].Channels);
        Assert.Equal(0, rows[^1].MapBytes);
    }
}
