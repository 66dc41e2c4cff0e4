using System.Text.Json;
using FcnSharp.Imaging;
using static Microsoft.Playwright.Assertions;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>Actions on a segmented picture, none of which sends a request.</summary>
public class OverlayTests(Site site)
{
    [Fact]
    public async Task Legend_Hovered_LightsItsClassUp()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();

        await visit.Class("Sky").HoverAsync();

        Assert.Equal(Visit.Sky, await visit.OverlayPixelAsync(375, 20));
        Assert.Equal(0, (await visit.OverlayPixelAsync(200, 300))[3]);
        await visit.ShootAsync("desktop-light-lit");
        await visit.Page.Mouse.MoveAsync(5, 5);
        Assert.Equal(Visit.Building, await visit.OverlayPixelAsync(200, 300));
    }

    [Fact]
    public async Task Legend_Clicked_HidesItsClassAndShowAllBringsItBack()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();

        await visit.Class("Sky").ClickAsync();

        await Expect(visit.Class("Sky")).ToHaveAttributeAsync("aria-pressed", "false");
        await visit.Page.Mouse.MoveAsync(5, 5);
        Assert.Equal(0, (await visit.OverlayPixelAsync(375, 20))[3]);
        Assert.Equal(Visit.Building, await visit.OverlayPixelAsync(200, 300));
        await visit.Button("Show all").ClickAsync();
        Assert.Equal(Visit.Sky, await visit.OverlayPixelAsync(375, 20));
        await Expect(visit.Button("Show all")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Slider_Moved_ChangesTheOverlayWithoutARequest()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();
        var requests = 0;
        visit.Page.Request += (_, _) => requests++;

        await visit.Page.GetByLabel("Overlay").FillAsync("90");

        await Expect(visit.Overlay).ToHaveCSSAsync("opacity", "0.9");
        await Expect(visit.Page.Locator("#opacity-value")).ToHaveTextAsync("90 %");
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task Pointer_OverThePicture_NamesTheClassUnderIt()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();
        var (skyX, skyY) = await visit.PlaceOfAsync(375, 20);
        var (wallX, wallY) = await visit.PlaceOfAsync(200, 300);

        await visit.Page.Mouse.MoveAsync(skyX, skyY);
        await Expect(visit.Tag).ToHaveTextAsync("Sky");
        await visit.Page.Mouse.MoveAsync(wallX, wallY);
        await Expect(visit.Tag).ToHaveTextAsync("Building");
        await Expect(visit.Class("Building")).ToHaveClassAsync("pointed");
        await visit.ShootAsync("desktop-light-pointed");
        await visit.Page.Mouse.MoveAsync(5, 5);

        await Expect(visit.Tag).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Download_OfThePng_IsThePhotoWithWhatIsShownOverIt()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();
        await visit.Page.GetByLabel("Overlay").FillAsync("100");
        await visit.Class("Building").ClickAsync();

        using var png = new MemoryStream(await visit.DownloadAsync("Download PNG", "leuven-overlay.png"));

        var (picture, photo) = (RgbImage.Load(png), RgbImage.Load(Site.Leuven));
        Assert.Equal((751, 563), (picture.Width, picture.Height));
        Assert.Equal(new RgbColor(0, 160, 255), picture[375, 20]);
        AssertClose(photo[200, 300], picture[200, 300]);
    }

    [Fact]
    public async Task Download_OfAPngThatTheBrowserCannotMake_SaysSo()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();
        await visit.Page.EvaluateAsync("() => { HTMLCanvasElement.prototype.toBlob = (done) => done(null); }");

        await visit.Button("Download PNG").ClickAsync();

        await Expect(visit.Fault).ToContainTextAsync("The PNG cannot be made.");
    }

    [Fact]
    public async Task Download_OfTheJson_IsTheServicesDescription()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();

        var json = JsonDocument.Parse(await visit.DownloadAsync("Download JSON", "leuven.json")).RootElement;

        Assert.Equal((751, 563), (json.GetProperty("width").GetInt32(), json.GetProperty("height").GetInt32()));
        Assert.Equal("Building", json.GetProperty("classes")[0].GetProperty("name").GetString());
        Assert.False(json.TryGetProperty("label_runs", out _));
    }

    /// <summary>Two JPEG decoders may differ by a little.</summary>
    private static void AssertClose(RgbColor expected, RgbColor actual)
    {
        Assert.InRange(actual.R, expected.R - 6, expected.R + 6);
        Assert.InRange(actual.G, expected.G - 6, expected.G + 6);
        Assert.InRange(actual.B, expected.B - 6, expected.B + 6);
    }
}
