using Deque.AxeCore.Playwright;
using FcnSharp.WebDemoBrowserTests;
using Microsoft.Playwright;

namespace FcnSharp.DocsBrowserTests;

/// <summary>One page of each kind, on a desktop and on a phone, light and dark.</summary>
public class PageTests(DocumentationSite site)
{
    private static readonly (string Name, string Path)[] Kinds =
    [
        ("start", "index.html"),
        ("tutorial", "tutorials/segment-a-picture.html"),
        ("how-to", "how-to/minimal-api.html"),
        ("explanation", "explanation/fcn.html"),
        ("reference", "reference/command-line.html"),
        ("api", "api/FcnSharp.Prediction.FcnPredictor.html"),
        ("model", "models/street-scenes.html"),
        ("faq", "faq.html"),
    ];

    public static TheoryData<string, string> KindsAndDevices =>
        [.. from kind in Kinds from device in Screens.All.Keys select (kind.Name, device)];

    [Theory]
    [MemberData(nameof(KindsAndDevices))]
    public async Task Page_OfEachKind_HasNoFaultThatAxeFindsAndFitsTheScreen(string kind, string device)
    {
        var screen = Screens.All[device];
        var page = await site.OpenAsync(Kinds.Single(item => item.Name == kind).Path, screen);
        await using var context = page.Context;

        var axe = await page.RunAxe();

        await DocumentationSite.ShootAsync(page, $"{kind}-{device}");
        Assert.Empty(axe.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}")));
        Assert.Equal(screen.ViewportSize!.Width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Search_OfAType_FindsItsPage()
    {
        var page = await site.OpenAsync("index.html", Screens.Desktop);
        await using var context = page.Context;

        await page.GetByRole(AriaRole.Searchbox).FillAsync("FcnPredictor");

        await Assertions.Expect(page.Locator("#search-results a").First).ToBeVisibleAsync();
    }
}
