using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>Several pictures at a time.</summary>
public class StripTests(Site site)
{
    [Fact]
    public async Task Pictures_ChosenTogether_AreSegmentedOneAfterTheOther()
    {
        await using var visit = await site.VisitAsync();
        var (inside, most) = (0, 0);
        await visit.Page.RouteAsync("**/api/segment*", async route =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            var answer = await route.FetchAsync();
            Interlocked.Decrement(ref inside);
            await route.FulfillAsync(new() { Response = answer });
        });

        await visit.ChooseAsync([Pictures.Named("street.jpg", Pictures.Leuven), .. Pictures.Small(3)]);

        await Expect(visit.Count).ToHaveTextAsync("4 pictures");
        await Expect(visit.Page.Locator("#spoken")).ToHaveTextAsync("4 pictures");
        await Expect(visit.Thumbnail("street.jpg, done")).ToHaveAttributeAsync("aria-selected", "true");
        await visit.ExpectLeuvenAsync();
        Assert.Equal(1, most);
    }

    [Theory]
    [InlineData("paste")]
    [InlineData("drop")]
    public async Task Pictures_PastedOrDroppedTogether_AreAllTaken(string kind)
    {
        await using var visit = await site.VisitAsync();

        await visit.HandInAsync(kind, Pictures.Small(3));

        await Expect(visit.Count).ToHaveTextAsync("3 pictures");
        await Expect(visit.Thumbnails).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Picture_SelectedAgain_IsShownWithoutARequest()
    {
        await using var visit = await site.VisitAsync();
        await visit.ChooseAsync([Pictures.Small(1)[0], Pictures.Named("street.jpg", Pictures.Leuven)]);
        await Expect(visit.Count).ToHaveTextAsync("2 pictures");
        var asked = 0;
        await visit.Page.RouteAsync("**/api/segment*", route =>
        {
            asked++;
            return route.ContinueAsync();
        });

        await visit.Thumbnail("street.jpg, done").ClickAsync();

        await visit.ExpectLeuvenAsync();
        Assert.Equal(Visit.Sky, await visit.OverlayPixelAsync(375, 20));
        await visit.Thumbnail("1.png, done").ClickAsync();
        await Expect(visit.Status).ToContainTextAsync("41 × 30 pixels");
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Picture_ThatIsNone_DoesNotStopTheOthers()
    {
        await using var visit = await site.VisitAsync();

        await visit.ChooseAsync(
        [
            Pictures.Named("street.jpg", Pictures.Leuven), Pictures.Named("diary.jpg", "dear diary"u8.ToArray()), .. Pictures.Small(2),
        ]);

        await Expect(visit.Count).ToHaveTextAsync("4 pictures, 1 failed");
        await Expect(visit.Fault).ToBeHiddenAsync();
        await visit.ShootAsync("desktop-light-strip");
        await visit.Thumbnail("diary.jpg, failed: This is not a picture that can be read.").ClickAsync();
        await Expect(visit.Fault).ToContainTextAsync("This is not a picture that can be read. Use a complete JPEG");
        await Expect(visit.Button("Try again")).ToBeHiddenAsync();
        await visit.ShootAsync("desktop-light-strip-fault");
        await visit.Thumbnail("street.jpg, done").ClickAsync();
        await Expect(visit.Fault).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Picture_ThatTheServiceRefused_CanBeTriedAgain()
    {
        await using var visit = await site.VisitAsync();
        var asked = 0;
        await visit.Page.RouteAsync("**/api/segment*", route => ++asked == 1 ? route.AbortAsync() : route.ContinueAsync());
        await visit.ChooseAsync([Pictures.Named("street.jpg", Pictures.Leuven), .. Pictures.Small(1)]);
        await Expect(visit.Count).ToHaveTextAsync("2 pictures, 1 failed");

        await visit.Button("Try again").ClickAsync();

        await visit.ExpectLeuvenAsync();
        await Expect(visit.Count).ToHaveTextAsync("2 pictures");
        await Expect(visit.Fault).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Pictures_BeyondTheTwentieth_AreNamed()
    {
        await using var visit = await site.VisitAsync();

        await visit.ChooseAsync(Pictures.Small(22));

        await Expect(visit.Fault).ToContainTextAsync("There is room for 20 pictures at a time. Not taken: 21.png, 22.png.");
        await Expect(visit.Thumbnails).ToHaveCountAsync(20);
        await Expect(visit.Count).ToHaveTextAsync("20 pictures");
        await visit.Button("Remove this one").ClickAsync();
        await visit.ChooseAsync([Pictures.Small(22)[21]]);
        await Expect(visit.Thumbnail("22.png, done")).ToHaveAttributeAsync("aria-selected", "true");
    }

    [Fact]
    public async Task Picture_ChosenTwice_IsThereOnce()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenExampleAsync();
        await visit.ChooseAsync(Pictures.Small(1));
        await Expect(visit.Count).ToHaveTextAsync("2 pictures");

        await visit.OpenExampleAsync();

        await Expect(visit.Thumbnails).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task NoFile_PastedOrDropped_IsSaid()
    {
        await using var visit = await site.VisitAsync();

        await visit.HandInAsync("paste");
        await Expect(visit.Fault).ToContainTextAsync("There is no picture on the clipboard.");
        await visit.HandInAsync("drop");
        await Expect(visit.Fault).ToContainTextAsync("This is no file.");
    }

    [Fact]
    public async Task Keyboard_InTheStrip_SelectsAndRemoves()
    {
        await using var visit = await site.VisitAsync();
        var keyboard = visit.Page.Keyboard;
        await visit.ChooseAsync(Pictures.Small(4));
        await Expect(visit.Count).ToHaveTextAsync("4 pictures");

        await visit.TabToAsync(visit.Thumbnail("1.png, done"));
        await keyboard.PressAsync("ArrowRight");
        await Expect(visit.Thumbnail("2.png, done")).ToBeFocusedAsync();
        await Expect(visit.Status).ToContainTextAsync("42 × 30 pixels");
        await visit.ShootAsync("desktop-light-strip-keyboard");
        await keyboard.PressAsync("Delete");
        await Expect(visit.Thumbnail("3.png, done")).ToBeFocusedAsync();
        await keyboard.PressAsync("End");
        await Expect(visit.Thumbnail("4.png, done")).ToBeFocusedAsync();
        await keyboard.PressAsync("Home");
        await Expect(visit.Status).ToContainTextAsync("41 × 30 pixels");
        await visit.TabToAsync(visit.Button("Remove all"));
        await keyboard.PressAsync("Enter");

        await Expect(visit.Button("Choose pictures")).ToBeFocusedAsync();
        await Expect(visit.Page.Locator("#welcome")).ToBeVisibleAsync();
        await Expect(visit.Status).ToHaveTextAsync("Ready.");
        await Expect(visit.Button("Download JSON")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Picture_RemovedWhileItIsSegmented_IsGivenUpAndTheNextOneComes()
    {
        await using var visit = await site.VisitAsync();
        var asked = 0;
        await visit.Page.RouteAsync("**/api/segment*", route => ++asked == 1 ? Task.CompletedTask : route.ContinueAsync());
        await visit.ChooseAsync([Pictures.Small(1)[0], Pictures.Named("street.jpg", Pictures.Leuven)]);
        await Expect(visit.Thumbnail("1.png, being segmented")).ToBeVisibleAsync();

        await visit.Button("Remove this one").ClickAsync();

        await visit.ExpectLeuvenAsync();
        await Expect(visit.Page.Locator("#shelf")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Phone_WithSeveralPictures_HasThemWithinItsWidth()
    {
        await using var visit = await site.VisitAsync(Screens.DarkPhone);
        await visit.ChooseAsync([Pictures.Named("street.jpg", Pictures.Leuven), .. Pictures.Small(8)]);
        await Expect(visit.Count).ToHaveTextAsync("9 pictures");

        await visit.Thumbnail("2.png, done").TapAsync();

        await Expect(visit.Status).ToContainTextAsync(new Regex("42 × 30 pixels"));
        await visit.Thumbnail("street.jpg, done").TapAsync();
        await visit.ExpectLeuvenAsync();
        await visit.ShootAsync("phone-dark-strip");
        Assert.Equal(390, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await visit.ExpectLargeTargetsAsync();
    }
}
