using static Microsoft.Playwright.Assertions;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>Every way to choose a picture, and the messages for invalid ones.</summary>
public class PictureTests(Site site)
{
    [Fact]
    public async Task Example_Pressed_ShowsItsClasses()
    {
        await using var visit = await site.VisitAsync();
        await visit.ShootAsync("desktop-light-welcome");

        await visit.OpenExampleAsync();

        Assert.Equal(Visit.Sky, await visit.OverlayPixelAsync(375, 20));
        Assert.Equal(Visit.Building, await visit.OverlayPixelAsync(200, 300));
        await Expect(visit.Class("Bicyclist")).ToBeDisabledAsync();
        await visit.ShootAsync("desktop-light");
    }

    [Fact]
    public async Task Picture_Chosen_ShowsItsClasses()
    {
        await using var visit = await site.VisitAsync();

        await visit.ChooseAsync([Pictures.Named("street.jpg", Pictures.Leuven)]);

        await visit.ExpectLeuvenAsync();
    }

    [Theory]
    [InlineData("paste")]
    [InlineData("drop")]
    public async Task Picture_PastedOrDropped_ShowsItsClasses(string kind)
    {
        await using var visit = await site.VisitAsync();

        await visit.HandInAsync(kind, Pictures.Named("street.jpg", Pictures.Leuven));

        await visit.ExpectLeuvenAsync();
    }

    [Fact]
    public async Task File_ThatIsNoPicture_IsRefusedKindlyAndTheNextOneWorks()
    {
        await using var visit = await site.VisitAsync();

        await visit.HandInAsync("drop", Pictures.Named("diary.jpg", "dear diary"u8.ToArray()));

        await Expect(visit.Fault).ToContainTextAsync("This is not a picture that can be read. Use a complete JPEG");
        await visit.ShootAsync("desktop-light-fault");
        await visit.OpenExampleAsync();
        await Expect(visit.Fault).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Picture_ThatTheServiceRefuses_SaysWhatTheServiceSays()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.RouteAsync("**/api/segment*", route => route.FulfillAsync(new()
        {
            Status = 413,
            ContentType = "application/problem+json",
            Body = """{"title":"Payload Too Large","detail":"A picture may have 50 pixels."}""",
        }));

        await visit.Button("Try the example").ClickAsync();

        await Expect(visit.Fault).ToHaveTextAsync("The service refused the picture. A picture may have 50 pixels.");
        await Expect(visit.Button("Download PNG")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Service_ThatIsBusy_IsAskedAgain()
    {
        await using var visit = await site.VisitAsync();
        var asked = 0;
        await visit.Page.RouteAsync("**/api/segment*", route => ++asked == 1
            ? route.FulfillAsync(new() { Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } })
            : route.ContinueAsync());

        await visit.Button("Try the example").ClickAsync();

        await Expect(visit.Status).ToContainTextAsync("The service is busy. Trying again in 1 s");
        await visit.ExpectLeuvenAsync();
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Service_ThatIsBusy_LeavesNoListenerBehind()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.EvaluateAsync(
            """
            () => {
              window.listeners = 0;
              for (const [name, step] of [["addEventListener", 1], ["removeEventListener", -1]]) {
                const original = AbortSignal.prototype[name];
                AbortSignal.prototype[name] = function (...given) {
                  window.listeners += step;
                  window.heard = true;
                  return original.apply(this, given);
                };
              }
            }
            """);
        var asked = 0;
        await visit.Page.RouteAsync("**/api/segment*", route => ++asked == 1
            ? route.FulfillAsync(new() { Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } })
            : route.ContinueAsync());

        await visit.OpenExampleAsync();

        Assert.True(await visit.Page.EvaluateAsync<bool>("window.heard"));
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("window.listeners"));
    }

    [Fact]
    public async Task Picture_ThatWasDecoded_IsClosed()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.EvaluateAsync(
            """
            () => {
              window.open = 0;
              const { createImageBitmap } = window;
              window.createImageBitmap = async (...given) => {
                const bitmap = await createImageBitmap(...given);
                window.open++;
                window.used = true;
                return bitmap;
              };
              const close = ImageBitmap.prototype.close;
              ImageBitmap.prototype.close = function () { window.open--; close.call(this); };
            }
            """);

        await visit.OpenExampleAsync();
        await visit.DownloadAsync("Download PNG", "leuven-overlay.png");
        await visit.HandInAsync("paste", Pictures.Named("street.jpg", Pictures.Leuven));
        await Expect(visit.Count).ToHaveTextAsync("2 pictures");
        await visit.ExpectLeuvenAsync();

        Assert.True(await visit.Page.EvaluateAsync<bool>("window.used"));
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("window.open"));
    }

    [Fact]
    public async Task Service_ThatCannotBeReached_IsSaidKindly()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.RouteAsync("**/api/segment*", route => route.AbortAsync());

        await visit.Button("Try the example").ClickAsync();

        await Expect(visit.Fault).ToContainTextAsync("The service cannot be reached.");
    }

    [Fact]
    public async Task Service_ThatCannotBeReachedAtTheStart_IsSaidKindlyAndFailsEveryPicture()
    {
        await using var visit = await site.VisitAsync(
            prepare: page => page.RouteAsync("**/api/model", route => route.AbortAsync()), isReady: false);
        await Expect(visit.Fault).ToContainTextAsync("The service cannot be reached.");

        await visit.ChooseAsync(Pictures.Small(2));

        await Expect(visit.Count).ToHaveTextAsync("2 pictures, 2 failed");
        await Expect(visit.Fault).ToContainTextAsync("The service cannot be reached.");
    }
}
