using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>The page on a phone, in the dark, without a mouse, and at rest.</summary>
public class ScreenTests(Site site)
{
    [Fact]
    public async Task Phone_Of390Pixels_HasEverythingWithinItsWidth()
    {
        await using var visit = await site.VisitAsync(Screens.Phone);
        await visit.ShootAsync("phone-light-welcome");

        await visit.OpenExampleAsync();

        await visit.ShootAsync("phone-light");
        Assert.Equal(390, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await visit.ExpectLargeTargetsAsync();
    }

    [Fact]
    public async Task Phone_Tapped_NamesTheClassUnderTheFinger()
    {
        await using var visit = await site.VisitAsync(Screens.Phone);
        await visit.OpenExampleAsync();
        var (x, y) = await visit.PlaceOfAsync(375, 20);

        await visit.Page.Touchscreen.TapAsync(x, y);

        await Expect(visit.Tag).ToHaveTextAsync("Sky");
        await Expect(visit.Tag).ToBeVisibleAsync();
        await visit.ShootAsync("phone-light-tapped");
    }

    [Fact]
    public async Task Phone_LegendTapped_HidesTheClass()
    {
        await using var visit = await site.VisitAsync(Screens.DarkPhone);
        await visit.OpenExampleAsync();

        await visit.Class("Sky").TapAsync();

        await Expect(visit.Class("Sky")).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Equal(Visit.Building, await visit.OverlayPixelAsync(200, 300));
        await visit.ShootAsync("phone-dark");
    }

    [Fact]
    public async Task Dark_Preferred_IsDark()
    {
        await using var visit = await site.VisitAsync(Screens.DarkDesktop);

        await visit.OpenExampleAsync();

        await Expect(visit.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(20, 23, 28)");
        await visit.ShootAsync("desktop-dark");
    }

    [Fact]
    public async Task Keyboard_Alone_DoesEverything()
    {
        await using var visit = await site.VisitAsync();
        var keyboard = visit.Page.Keyboard;

        await visit.TabToAsync(visit.Button("Try the example"));
        Assert.NotEqual("none", await FocusOutlineAsync(visit));
        await keyboard.PressAsync("Enter");
        await visit.ExpectLeuvenAsync();

        await visit.TabToAsync(visit.Page.GetByLabel("Overlay", new() { Exact = true }));
        await keyboard.PressAsync("ArrowRight");
        await Expect(visit.Page.Locator("#opacity-value")).ToHaveTextAsync("56 %");

        await visit.TabToAsync(visit.Class("Sky"));
        Assert.Equal(0, (await visit.OverlayPixelAsync(200, 300))[3]);
        await keyboard.PressAsync("Space");
        await Expect(visit.Class("Sky")).ToHaveAttributeAsync("aria-pressed", "false");

        await visit.TabToAsync(visit.Overlay);
        await keyboard.PressAsync("ArrowUp");
        await Expect(visit.Page.Locator("#spoken")).ToHaveTextAsync("Building");
        await Expect(visit.Page.Locator("#cross")).ToBeVisibleAsync();
        await visit.ShootAsync("desktop-light-keyboard");
        await keyboard.PressAsync("Escape");
        await Expect(visit.Tag).ToBeHiddenAsync();

        await visit.TabToAsync(visit.Page.GetByLabel("For photos"));
        await keyboard.PressAsync("ArrowRight");
        await Expect(visit.Class("Building").Locator(".swatch")).ToHaveCSSAsync("background-color", "rgb(128, 0, 0)");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_WhenThePictureComes_KeepsItsLayout(bool phone)
    {
        await using var visit = await site.VisitAsync(phone ? Screens.Phone : Screens.Desktop);
        var (frame, panel) = (await BoxAsync(visit, "#frame"), await BoxAsync(visit, ".panel"));

        await visit.OpenExampleAsync();

        Assert.Equal((frame, panel), (await BoxAsync(visit, "#frame"), await BoxAsync(visit, ".panel")));
    }

    [Fact]
    public async Task Page_WhileLoading_DoesNotShift()
    {
        await using var visit = await site.VisitAsync();

        var shift = await visit.Page.EvaluateAsync<double>(
            """
            () => new Promise((resolve) => {
              new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
                .observe({ type: "layout-shift", buffered: true });
              setTimeout(() => resolve(0), 500);
            })
            """);

        Assert.InRange(shift, 0, 0.001);
    }

    private static async Task<string> BoxAsync(Visit visit, string selector)
    {
        var box = (await visit.Page.Locator(selector).BoundingBoxAsync())!;
        return $"{box.X:F0} {box.Y:F0} {box.Width:F0} {box.Height:F0}";
    }

    private static Task<string> FocusOutlineAsync(Visit visit) =>
        visit.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle");
}
