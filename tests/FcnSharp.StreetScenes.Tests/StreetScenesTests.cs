using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.ModelTests;

public class StreetScenesTests
{
    [Fact]
    public void Segment_TheLeuvenPhoto_GivesTheGoldenLabelMap()
    {
        using var predictor = StreetScenes.CreatePredictor();
        var golden = LabelMap.Load(TestFile("leuven-labels.png")).Labels.Span;

        var labels = predictor.Segment(TestFile("leuven.jpg")).Labels.Labels.Span;

        Assert.Equal(golden.Length, labels.Length);
        var equal = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            equal += labels[i] == golden[i] ? 1 : 0;
        }

        Assert.InRange((double)equal / golden.Length, 0.999, 1);
    }

    [Fact]
    public void Segment_TheLeuvenPhoto_HasSkyAboveAndHousesAtTheSides()
    {
        using var predictor = StreetScenes.CreatePredictor();

        var labels = predictor.Segment(TestFile("leuven.jpg")).Labels;

        Assert.Equal("Sky", Name(375, 20));
        Assert.Equal("Building", Name(60, 250));
        Assert.Equal("Building", Name(690, 250));

        string Name(int x, int y) => predictor.Classes[labels[x, y]].Name;
    }

    [Fact]
    public void LoadNetwork_Card_TellsEverything()
    {
        var network = StreetScenes.LoadNetwork();

        Assert.Equal(2_334_906, StateDict.CountParameters(network.Options));
        Assert.Equal(ClassList.CamVid, network.Card.Classes);
        Assert.Equal(Normalization.ImageNet, network.Card.Normalization);
        Assert.Equal(480, network.Card.WorkingSize);
        Assert.Contains("non-commercial", network.Card.License);
        Assert.Contains("CamVid", network.Card.Training);
        Assert.Contains("mean IoU 0.557", network.Card.Scores);
    }

    private static string TestFile(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
