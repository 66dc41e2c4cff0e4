using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>One visitor and what they can do. Disposing fails if the page threw, or tried what its content policy forbids.</summary>
internal sealed class Visit : IAsyncDisposable
{
    // On a loaded machine one picture may take a while.
    private const float Patience = 120_000;
    private readonly IBrowserContext context;
    private readonly List<string> errors = [];

    private Visit(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            // Chromium reports every answer of 400 and above; those the tests provoke.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                errors.Add(message.Text);
            }
        };
    }

    /// <summary>The overlay over the sky of the example, for instance at (375, 20).</summary>
    public static int[] Sky { get; } = [0, 160, 255, 255];

    /// <summary>The overlay over its houses, for instance at (200, 300).</summary>
    public static int[] Building { get; } = [233, 99, 0, 255];

    public IPage Page { get; }

    public ILocator Status => Page.Locator("#status");

    public ILocator Fault => Page.Locator("#fault");

    public ILocator Tag => Page.Locator("#tag");

    public ILocator Overlay => Page.Locator("#overlay");

    public static async Task<Visit> OpenAsync(IBrowserContext context, Uri address)
    {
        context.SetDefaultTimeout(Patience);
        SetDefaultExpectTimeout(Patience);
        var visit = new Visit(context, await context.NewPageAsync());
        await visit.Page.GotoAsync(address.ToString());
        await Expect(visit.Class("Sky")).ToBeVisibleAsync();
        return visit;
    }

    /// <summary>A row of the legend.</summary>
    public ILocator Class(string name) => Page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^{name}") });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public async Task OpenExampleAsync()
    {
        await Button("Try the example").ClickAsync();
        await ExpectLeuvenAsync();
    }

    public async Task ExpectLeuvenAsync()
    {
        await Expect(Status).ToContainTextAsync(new Regex("751 × 563 pixels, [3-9] classes"));
        await Expect(Class("Building")).ToContainTextAsync(new Regex(@"[456]\d\.\d %"));
        await Expect(Page.Locator("#busy")).ToBeHiddenAsync();
    }

    /// <summary>Hands a file to the page as a browser does with one that is pasted or dropped.</summary>
    public Task HandInAsync(string kind, byte[] bytes, string name) => Page.EvaluateAsync(
        """
        ([kind, base64, name]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type: "image/jpeg" }));
          document.body.dispatchEvent(kind === "paste"
            ? new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true })
            : new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }
        """,
        new[] { kind, Convert.ToBase64String(bytes), name });

    /// <summary>R, G, B, A of the overlay at a pixel of the picture.</summary>
    public async Task<int[]> OverlayPixelAsync(int x, int y) => await Page.EvaluateAsync<int[]>(
        "([x, y]) => [...document.getElementById('overlay').getContext('2d').getImageData(x, y, 1, 1).data]", new[] { x, y });

    /// <summary>Where a pixel of the 751x563 picture lies on the page.</summary>
    public async Task<(float X, float Y)> PlaceOfAsync(int x, int y)
    {
        var box = (await Overlay.BoundingBoxAsync())!;
        var scale = Math.Min(box.Width / 751, box.Height / 563);
        return (box.X + ((box.Width - (751 * scale)) / 2) + (x * scale), box.Y + ((box.Height - (563 * scale)) / 2) + (y * scale));
    }

    public async Task<byte[]> DownloadAsync(string button, string expectedName)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => Button(button).ClickAsync());
        Assert.Equal(expectedName, download.SuggestedFilename);
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    /// <summary>Presses Tab until an element has the focus.</summary>
    public async Task TabToAsync(ILocator target)
    {
        for (var i = 0; i < 40; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"Tab does not lead to {target}.");
    }

    public Task ShootAsync(string name) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(Site.Screenshots, $"{name}.png"), FullPage = true });

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(errors);
    }
}
