using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Weights;

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

    /// <summary>The ground of the photo, all of which is cobbles, was labelled by hand.</summary>
    [Fact]
    public void Segment_TheLeuvenPhoto_TakesItsCobblesForRoadOrPavement()
    {
        using var predictor = StreetScenes.CreatePredictor();
        var ground = LabelMap.Load(TestFile("leuven-ground.png")).Labels.ToArray();

        var labels = predictor.Segment(TestFile("leuven.jpg")).Labels.Labels.ToArray();

        var found = labels.Where((_, at) => ground[at] != 0).CountBy(id => predictor.Classes[id].Name).ToDictionary();
        var pixels = (double)found.Values.Sum();
        Assert.InRange(pixels, 50_000, labels.Length);
        Assert.InRange((found.GetValueOrDefault("Road") + found.GetValueOrDefault("Pavement")) / pixels, 0.95, 1);
        Assert.InRange(found.GetValueOrDefault("Tree") / pixels, 0, 0.02);
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

        Assert.Equal(
            new FcnOptions
            {
                Variant = FcnVariant.Fcn4s, NumClasses = 11, Trunk = ResNetTrunkOptions.ResNet18 with { Blocks = new(2, 2, 2, 1) },
            },
            network.Options);
        Assert.Equal(ClassList.CamVid, network.Card.Classes);
        Assert.Equal(NameMap.CntkResNet.Normalization, network.Card.Normalization);
        Assert.Equal(540, network.Card.WorkingSize);
        Assert.InRange(network.Card.Temperature!.Value, 0.5, 3);
        Assert.Contains("non-commercial", network.Card.License);
        Assert.Contains("CamVid", network.Card.Training);
        Assert.Contains("CamVid val (101 pictures): mean IoU 0.7", network.Card.Scores);
        Assert.Contains("Other towns", network.Card.Scores);
    }

    private static string TestFile(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
