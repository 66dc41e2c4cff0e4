using System.Text;
using Deque.AxeCore.Playwright;
using FcnSharp.Data;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>The report of an evaluation, with the curves of a training.</summary>
public class ReportTests(Site site)
{
    public static TheoryData<string> Devices => [.. Screens.All.Keys];

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task Report_OnAnyScreen_HasNoFaultThatAxeFindsAndFits(string device)
    {
        var screen = Screens.All[device];
        var page = await site.ShowAsync(Report(), screen);
        await using var context = page.Context;
        await page.GetByText("The training in numbers").ClickAsync();

        var axe = await page.RunAxe();

        await page.ScreenshotAsync(new() { Path = Path.Combine(Site.Screenshots, $"report-{device}.png"), FullPage = true });
        Assert.Empty(axe.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}")));
        Assert.Equal(screen.ViewportSize!.Width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    /// <summary>The sample picture twice, judged by labels that are half right, after a training of two stages.</summary>
    private static string Report()
    {
        var folder = Directory.CreateTempSubdirectory("fcnsharp-test-").FullName;
        try
        {
            using var predictor = StreetScenes.CreatePredictor();
            var picture = RgbImage.Load(Site.Leuven).Resize(240, 180);
            var labels = predictor.Segment(picture).Labels.Labels.ToArray();
            labels.AsSpan(labels.Length / 2).Clear();
            foreach (var name in new[] { "first", "second" })
            {
                Directory.CreateDirectory(Path.Combine(folder, "images"));
                Directory.CreateDirectory(Path.Combine(folder, "labels"));
                picture.Save(Path.Combine(folder, "images", $"{name}.png"));
                new LabelMap(labels, picture.Width, picture.Height).Save(
                    Path.Combine(folder, "labels", $"{name}.png"), predictor.Classes.Palette);
            }

            File.WriteAllText(
                Path.Combine(folder, "training.csv"), "step,stage,epoch,loss\n20,1,1,2\n40,1,2,1.25\n60,2,1,0.5\n80,2,2,0.25\n");
            File.WriteAllText(
                Path.Combine(folder, "validation.csv"), "step,stage,epoch,mean_iou,pixel_accuracy\n40,1,2,0.4,0.8\n80,2,2,0.6,0.9\n");
            using var html = new MemoryStream();
            Evaluator.Run(predictor, new FolderDataset(folder, new FolderDatasetOptions { Classes = predictor.Classes }))
                .WriteReport(html, TrainingCurves.Load(folder));
            return Encoding.UTF8.GetString(html.ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
