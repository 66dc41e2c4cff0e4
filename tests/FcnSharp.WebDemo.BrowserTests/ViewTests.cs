using System.Text.RegularExpressions;
using FcnSharp;
using FcnSharp.Imaging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>How the classes are shown: before and after, in which colours, with which outlines.</summary>
public class ViewTests(Site site)
{
    private const string HalfBare = "inset(0px 0px 0px 50%)";

    [Fact]
    public async Task Divider_Dragged_MovesTheBorderBetweenPhotoAndClasses()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();
        await Expect(visit.Overlay).ToHaveCSSAsync("clip-path", "none");

        await visit.Page.GetByLabel("Before and after").CheckAsync();

        await Expect(visit.Overlay).ToHaveCSSAsync("clip-path", HalfBare);
        await visit.ShootAsync("desktop-light-divider");
        var mouse = visit.Page.Mouse;
        var (wallX, wallY) = await visit.PlaceOfAsync(200, 300);
        await mouse.MoveAsync(wallX, wallY);
        await Expect(visit.Tag).ToHaveTextAsync("Building"); // where the photo is bare, too
        var (middle, y) = await visit.PlaceOfAsync(375, 200);
        var (edge, _) = await visit.PlaceOfAsync(751, 200);
        await mouse.MoveAsync(middle, y);
        await mouse.DownAsync();
        await mouse.MoveAsync((middle + edge) / 2, y, new() { Steps = 4 });
        Assert.InRange(await PositionAsync(visit), 74, 76);
        await mouse.MoveAsync(edge, y, new() { Steps = 4 });
        await mouse.UpAsync();
        Assert.InRange(await PositionAsync(visit), 99, 100);
        await visit.Page.GetByLabel("Before and after").UncheckAsync();
        await Expect(visit.Overlay).ToHaveCSSAsync("clip-path", "none");
    }

    [Fact]
    public async Task Divider_ByKeyboard_Moves()
    {
        await using var visit = await site.VisitAsync(Screens.DarkDesktop);
        await visit.OpenExampleAsync();
        await visit.TabToAsync(visit.Page.GetByLabel("Before and after"));
        await visit.Page.Keyboard.PressAsync("Space");

        await visit.TabToAsync(visit.Divider);
        await visit.Page.Keyboard.PressAsync("ArrowLeft");

        Assert.InRange(await PositionAsync(visit), 45, 49.5);
        await Expect(visit.Divider).ToHaveAttributeAsync("aria-valuetext", new Regex("4[5-9] percent"));
        await visit.ShootAsync("desktop-dark-divider-keyboard");
        await visit.Page.Keyboard.PressAsync("Home");
        Assert.Equal(0, await PositionAsync(visit));
    }

    [Fact]
    public async Task Divider_ByFinger_Moves()
    {
        await using var visit = await site.VisitAsync(Screens.Phone);
        await visit.OpenExampleAsync();
        await visit.Page.GetByLabel("Before and after").TapAsync();
        await visit.Overlay.ScrollIntoViewIfNeededAsync();
        var (from, y) = await visit.PlaceOfAsync(375, 200);
        var (to, _) = await visit.PlaceOfAsync(150, 200);
        var touch = await visit.Page.Context.NewCDPSessionAsync(visit.Page);

        await TouchAsync("touchStart", from);
        await TouchAsync("touchMove", (from + to) / 2);
        await TouchAsync("touchMove", to);
        await TouchAsync("touchEnd");

        Assert.InRange(await PositionAsync(visit), 18, 22);
        await visit.ShootAsync("phone-light-divider");

        Task TouchAsync(string type, params float[] places) => touch.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = places.Select(x => new Dictionary<string, object> { ["x"] = x, ["y"] = y }).ToArray(),
        });
    }

    [Fact]
    public async Task Colors_OfTheModel_StayForTheNextPicture()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();

        await visit.Page.GetByLabel("The model’s").CheckAsync(new() { Force = true });

        int[] grey = [128, 128, 128, 255];
        Assert.Equal(grey, await visit.OverlayPixelAsync(375, 20));
        await Expect(visit.Class("Sky").Locator(".swatch")).ToHaveCSSAsync("background-color", "rgb(128, 128, 128)");
        await visit.ShootAsync("desktop-light-model-colors");
        await visit.ChooseAsync([Pictures.Named("street.jpg", Pictures.Leuven)]);
        await Expect(visit.Count).ToHaveTextAsync("2 pictures");
        await visit.ExpectLeuvenAsync();
        Assert.Equal(grey, await visit.OverlayPixelAsync(375, 20));
    }

    [Theory]
    [InlineData(55, true)]
    [InlineData(30, false)]
    [InlineData(0, true)]
    public async Task Png_OfAPicture_IsWhatTheLibraryDraws(int opacity, bool outlines)
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();
        await visit.Page.GetByLabel("Overlay", new() { Exact = true }).FillAsync($"{opacity}");
        await visit.Page.GetByLabel("Outlines").SetCheckedAsync(outlines);

        using var png = new MemoryStream(await visit.DownloadAsync("Download PNG", "leuven-overlay.png"));

        using var predictor = StreetScenes.CreatePredictor();
        var expected = predictor.Segment(Site.Leuven)
            .ToOverlay(new OverlayOptions { Opacity = opacity / 100.0, OutlineWidth = outlines ? null : 0 });
        AssertClose(expected, RgbImage.Load(png));
    }

    [Fact]
    public async Task Outlines_OnThePage_AreAsOpaqueAsInThePng()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();

        // What is left of the photo below both layers: (1 - 0.55) * (1 - 0.7778) = 0.1.
        await Expect(visit.Page.Locator("#outlines")).ToHaveCSSAsync("opacity", new Regex("^0.777"));
        Assert.NotEqual(0, await OutlinedAsync());
        await visit.Page.GetByLabel("Outlines").UncheckAsync();
        await Expect(visit.Page.Locator("#outlines")).ToBeHiddenAsync();
        await visit.Page.GetByLabel("Outlines").CheckAsync();
        await visit.Page.GetByLabel("Overlay", new() { Exact = true }).FillAsync("0");
        await Expect(visit.Page.Locator("#outlines")).ToHaveCSSAsync("opacity", "0");

        Task<int> OutlinedAsync() => visit.Page.EvaluateAsync<int>(
            """
            () => {
              const { width, height } = outlines;
              const { data } = outlines.getContext("2d").getImageData(0, 0, width, height);
              return data.filter((value, at) => at % 4 === 3 && value === 255).length;
            }
            """);
    }

    private static Task<double> PositionAsync(Visit visit) => visit.Divider.EvaluateAsync<double>("input => Number(input.value)");

    /// <summary>Two JPEG decoders may differ by a little, and the page mixes in 8 bits.</summary>
    private static void AssertClose(RgbImage expected, RgbImage actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        var one = expected.Pixels.Span;
        var other = actual.Pixels.Span;
        for (var i = 0; i < one.Length; i++)
        {
            if (Math.Abs(one[i] - other[i]) > 8)
            {
                Assert.Fail($"At ({i / 3 % expected.Width}, {i / 3 / expected.Width}) the library has {one[i]}, the page {other[i]}.");
            }
        }
    }
}
