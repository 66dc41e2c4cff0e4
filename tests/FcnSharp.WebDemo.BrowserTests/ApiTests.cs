using static Microsoft.Playwright.Assertions;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>The page about the API, and the page's texts about the service.</summary>
public class ApiTests(Site site)
{
    [Fact]
    public async Task Api_FromThePage_IsAPageToRead()
    {
        await using var visit = await site.VisitAsync();

        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "For programs: the API" }).ClickAsync();

        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("The API");
        await visit.ShootAsync("desktop-light-api");
        var download = await visit.Page.RunAndWaitForDownloadAsync(
            () => visit.Page.GetByText("download openapi/v1.json").ClickAsync());
        Assert.Equal("street-scenes-openapi.json", download.SuggestedFilename);
        await visit.Page.GetByText("Back to the page").ClickAsync();
        await Expect(visit.Button("Try the example")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Api_OnADarkPhone_FitsItsWidth()
    {
        await using var visit = await site.VisitAsync(Screens.DarkPhone);

        await visit.Page.GotoAsync("api.html");

        await Expect(visit.Page.Locator("h1")).ToBeVisibleAsync();
        await visit.ShootAsync("phone-dark-api");
        Assert.Equal(390, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    /// <summary>A host without a service replaces answer.js by another module.</summary>
    [Fact]
    public async Task Page_WithAnotherAnswerModule_SaysWhatThatSays()
    {
        const string Module =
            """
            export class Fault extends Error {}
            export const about = { privacy: "Nothing leaves this machine.", api: null };
            export function fetchModel(onProgress) {
              onProgress("Loading the network …", 0.25);
              return new Promise((resolve) => { window.loaded = () => resolve({
                name: "Other", engine: "engine", working_size: null, working_side: "longer",
                limits: { max_body_bytes: 1e6, max_pixels: 1e6 },
                classes: [{ id: 0, name: "Sky", color: "#808080", overlay_color: "#808080" }],
              }); });
            }
            export async function segment(blob) {
              const { width, height } = await createImageBitmap(blob);
              const classes = [{ id: 0, name: "Sky", share: 1 }];
              return { description: { width, height, classes, regions: [] }, labels: new Uint8Array(width * height) };
            }
            """;
        await using var visit = await site.VisitAsync(isReady: false, prepare: page => page.RouteAsync(
            "**/answer.js", route => route.FulfillAsync(new() { Body = Module, ContentType = "text/javascript" })));

        await Expect(visit.Page.Locator("#privacy")).ToHaveTextAsync("Up to 20 at a time. Nothing leaves this machine.");
        await Expect(visit.Page.Locator("#api")).ToBeHiddenAsync();
        await Expect(visit.Status).ToHaveTextAsync("Loading the network …");
        await Expect(visit.Page.GetByLabel("Loading the network")).ToHaveJSPropertyAsync("value", 0.25);
        await visit.ShootAsync("desktop-light-loading");
        await visit.ChooseAsync(Pictures.Small(1));
        await visit.Page.EvaluateAsync("window.loaded()");

        await Expect(visit.Status).ToContainTextAsync("41 × 30 pixels, 1 class, ");
        await Expect(visit.Page.Locator("#progress")).ToBeHiddenAsync();
        await Expect(visit.Page.Locator("#palette")).ToBeHiddenAsync();
    }
}
