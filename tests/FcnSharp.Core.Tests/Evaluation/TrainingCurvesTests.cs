using System.Globalization;
using System.Xml.Linq;
using FcnSharp.Evaluation;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Evaluation;

/// <summary>Tables of training runs in, pictures and a section of a report out.</summary>
public sealed class TrainingCurvesTests : IDisposable
{
    private const string Losses = "step,stage,epoch,loss,learning_rate,pictures_per_second,waiting_share\n";
    private const string Scores = "step,stage,epoch,mean_iou,pixel_accuracy,iou_road\n";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Section_OfARunOfTwoStages_IsTheApprovedOne()
    {
        var run = Run(
            "staged",
            Losses + "20,1,1,2,0.1,9,0\n40,1,2,1.5,0.1,9,0\n60,2,1,0.5,0.1,9,0\n80,2,2,0.25,0.1,9,0\n",
            Scores + "40,1,2,0.4,0.8,0.4\n80,2,2,0.625,0.9,\n");

        ApprovedText.AssertIs("Files/Reports/training.html", TrainingSection.Of(TrainingCurves.Load(run)));
    }

    [Fact]
    public void Svg_OfRunsThatFollowedEachOther_IsOnePictureWithTheirNames()
    {
        var first = Run("eight", "step,loss\n20,1\n40,0.5\n", "step,mean_iou,pixel_accuracy\n40,0.5,0.75\n");
        var second = Run("four", "step,loss\n20,0.4\n60,0.2\n", null);

        var svg = XDocument.Parse(Picture(first, second)).Root!;
        var texts = svg.Elements(Svg + "text").Select(text => text.Value).ToList();

        Assert.Equal("Loss, Validation scores over the steps of the training", svg.Element(Svg + "title")!.Value);
        Assert.Equal("The loss went from 1.000 to 0.200 in 100 steps. " +
            "The best mean IoU on the validation pictures, 0.500, came after step 40.", svg.Element(Svg + "desc")!.Value);
        Assert.Equal(["eight", "four"], texts.Where(text => text is "eight" or "four"));
        Assert.Contains("best 0.500", texts);
        Assert.Contains("prefers-color-scheme: dark", svg.Element(Svg + "style")!.Value);
        Assert.Equal(6, svg.Elements(Svg + "polyline").Count());
    }

    [Fact]
    public void Summary_OfARunThatIsTooShortForALoss_SaysTheSteps()
    {
        var run = Run("short", Losses, Scores + "2,1,1,0.25,0.5,0.25\n");

        Assert.Equal("The training had 2 steps. The best mean IoU on the validation pictures, 0.250, came after step 2.",
            TrainingCurves.Load(run).Summary());
    }

    [Fact]
    public void Section_WithoutValidation_HasALineForEachLoss()
    {
        var run = Run("blind", Losses + "20,1,1,2,0.1,9,0\n40,1,2,1.5,0.1,9,0\n", null);

        var section = TrainingSection.Of(TrainingCurves.Load(run));

        Assert.DoesNotContain("rowgroup", section);

        Assert.Contains("<tr><th scope=\"row\">40</th><td>2</td><td>1.500</td><td>–</td><td>–</td></tr>", section);
        Assert.Single(section.Split("<svg").Skip(1));
    }

    [Fact]
    public void Section_OfManyEvaluations_ShowsSomeAndTheLast()
    {
        var run = Run("long", Losses + "20,1,1,2,0.1,9,0\n",
            Scores + string.Concat(Enumerable.Range(1, 120).Select(i => $"{20 * i},1,{i},0.5,0.5,0.5\n")));

        var section = TrainingSection.Of(TrainingCurves.Load(run));

        Assert.Equal(40, section.Split("scope=\"row\"").Length - 1);
        Assert.Contains("<th scope=\"row\">2,400</th>", section);
    }

    [Fact]
    public void Load_ATableWhoseLastLineIsBeingWritten_LeavesItOut()
    {
        var run = Run("running", Losses + "20,1,1,2,0.1,9,0\n40,1,2,1.", null);

        Assert.Equal([20.0], TrainingCurves.Load(run).Parts.SelectMany(part => part.Losses).Select(point => point.Step));
    }

    [Theory]
    [InlineData("", "is empty (0 bytes)")]
    [InlineData("a,b\n1,2\n", "its first column is \"a\", not \"step\"")]
    [InlineData("step,loss\n", "has no numbers yet")]
    [InlineData("step,loss\n20,much\n", "line 2 has the loss \"much\", not a number from 0 to 1e15.")]
    [InlineData("step,loss\n20,1e300\n", "line 2 has the loss \"1e300\", not a number from 0 to 1e15.")]
    [InlineData("step,stage\n20,1\n", "it has no column \"loss\".")]
    [InlineData("step,loss\n20,NaN\n", "line 2 has the loss \"NaN\"")]
    [InlineData("step,loss\n20,-1\n", "line 2 has the loss \"-1\"")]
    [InlineData("step,loss\n20\n40,1\n", "line 2 has 1 cells, but the first line names 2.")]
    public void Load_SomethingElse_SaysWhatIsWrong(string table, string message)
    {
        var run = Run("foreign", table, null);

        var error = Assert.Throws<IOException>(() => TrainingCurves.Load(run));

        Assert.StartsWith(Path.Combine(run, "training.csv: "), error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Load_NoRun_SaysWhatToGive()
    {
        Assert.Equal($"{folder.Path}: there is no training.csv in it. Give the folder of a training run.",
            Assert.Throws<IOException>(() => TrainingCurves.Load(folder.Path)).Message);
        Assert.Contains("Give the folder of a training run.", Assert.Throws<ArgumentException>(() => TrainingCurves.Load()).Message);
    }

    [Fact]
    public void Svg_OfOneRun_HasNeitherNamesNorBordersOfParts()
    {
        var svg = Drawn(Run("alone", "step,loss\n20,1\n40,0.5\n", null));

        Assert.DoesNotContain("alone", Texts(svg).Select(text => text.Value));
        Assert.DoesNotContain("border", svg.Elements(Svg + "line").Select(line => (string?)line.Attribute("class")));
    }

    [Fact]
    public void Svg_NamesThatAreTooLong_AreShortenedToTheirPart()
    {
        var name = new string('n', 200);
        var lengthy = Run(name, "step,loss\n100,1\n", null);
        var brief = Run("brief", "step,loss\n1,1\n", null);

        var texts = Texts(Drawn(lengthy, brief)).Select(text => text.Value).ToList();

        var shown = Assert.Single(texts, text => text.EndsWith('…'));
        Assert.StartsWith(shown[..^1], name);
        Assert.InRange(shown.Length, 20, 150);
        Assert.DoesNotContain("brief", texts);
        Assert.Contains("", texts);
    }

    /// <summary>The best score of the first run is in the left half, where its text extends to the right.</summary>
    [Fact]
    public void Svg_TextsOfMarks_ExtendToTheMiddle()
    {
        var run = Run("marked", "step,loss\n100,1\n", "step,mean_iou,pixel_accuracy\n10,0.5,0.5\n100,0.25,0.5\n");

        var kinds = Texts(Drawn(run)).ToLookup(text => text.Value, text => (string?)text.Attribute("class"));

        Assert.Equal(["mark"], kinds["best 0.500"]);
        Assert.Equal(["mark end"], kinds["1.000"]);
    }

    [Fact]
    public void Svg_OfLowScores_StillReachesOne()
    {
        var run = Run("low", Losses, Scores + "2,1,1,0.25,0.3,0.25\n");

        Assert.Contains("1", Texts(Drawn(run)).Select(text => text.Value));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1e15")]
    public void Load_TheSmallestAndTheLargestNumber_AreRead(string loss) => Assert.Equal(
        double.Parse(loss, CultureInfo.InvariantCulture),
        TrainingCurves.Load(Run("edge", $"step,loss\n20,{loss}\n", null)).Parts[0].Losses[0].Loss);

    [Fact]
    public void Load_MoreStagesThanATrainingHas_SaysSo()
    {
        Assert.Equal(100, TrainingCurves.Load(Run("many", Stages(100), null)).Parts.Length);

        var error = Assert.Throws<IOException>(() => TrainingCurves.Load(Run("too-many", Stages(101), null)));

        Assert.Contains("has 101 stages, but a training has at most 100", error.Message);

        static string Stages(int count) => Losses + string.Concat(Enumerable.Range(1, count).Select(i => $"{i},{i},1,2,0.1,9,0\n"));
    }

    [Fact]
    public void Arguments_Null_AreRefusedByName()
    {
        Assert.Equal("folders", Assert.Throws<ArgumentNullException>(() => TrainingCurves.Load(null!)).ParamName);
        var curves = TrainingCurves.Load(Run("some", "step,loss\n20,1\n", null));
        Assert.Equal("stream", Assert.Throws<ArgumentNullException>(() => curves.WriteSvg(null!)).ParamName);
    }

    private static XElement Drawn(params string[] runs) => XDocument.Parse(Picture(runs)).Root!;

    private static IEnumerable<XElement> Texts(XElement svg) => svg.Elements(Svg + "text");

    private static string Picture(params string[] runs)
    {
        using var stream = new MemoryStream();
        TrainingCurves.Load(runs).WriteSvg(stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private string Run(string name, string training, string? validation)
    {
        var run = Directory.CreateDirectory(folder[name]).FullName;
        File.WriteAllText(Path.Combine(run, "training.csv"), training);
        if (validation is not null)
        {
            File.WriteAllText(Path.Combine(run, "validation.csv"), validation);
        }

        return run;
    }
}
