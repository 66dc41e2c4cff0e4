using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>A visitor's actions. Disposal fails if the page threw an exception or violated its content policy.</summary>
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

    public ILocator Fault => Page.Locator("#fault p");

    public ILocator Tag => Page.Locator("#tag");

    public ILocator Overlay => Page.Locator("#overlay");

    public ILocator Divider => Page.Locator("#divider");

    public ILocator Count => Page.Locator("#count");

    public ILocator Thumbnails => Page.GetByRole(AriaRole.Option);

    /// <summary>Opens the page.</summary>
    /// <param name="context">A browser's window.</param>
    /// <param name="prepare">What is done before.</param>
    /// <param name="isReady">Whether to wait until the page has loaded the classes.</param>
    public static async Task<Visit> OpenAsync(IBrowserContext context, Func<IPage, Task>? prepare, bool isReady)
    {
        context.SetDefaultTimeout(Patience);
        SetDefaultExpectTimeout(Patience);
        var visit = new Visit(context, await context.NewPageAsync());
        await (prepare?.Invoke(visit.Page) ?? Task.CompletedTask);
        await visit.Page.GotoAsync("./");
        if (isReady)
        {
            await Expect(visit.Class("Sky")).ToBeVisibleAsync();
        }

        return visit;
    }

    /// <summary>A picture in the strip: its name and how far it is.</summary>
    public ILocator Thumbnail(string name) => Page.GetByRole(AriaRole.Option, new() { Name = name, Exact = true });

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

    /// <summary>Chooses files in the browser's window for it.</summary>
    public async Task ChooseAsync(IEnumerable<FilePayload> files)
    {
        var chooser = await Page.RunAndWaitForFileChooserAsync(() => Button("Choose pictures").ClickAsync());
        await chooser.SetFilesAsync(files);
    }

    /// <summary>Chooses a file of the disk, which may be large.</summary>
    public async Task ChooseAsync(string path)
    {
        var chooser = await Page.RunAndWaitForFileChooserAsync(() => Button("Choose pictures").ClickAsync());
        await chooser.SetFilesAsync(path);
    }

    /// <summary>Hands files to the page as a browser does with such that are pasted or dropped.</summary>
    public Task HandInAsync(string kind, params FilePayload[] files) => Page.EvaluateAsync(
        """
        ([kind, files]) => {
          const transfer = new DataTransfer();
          for (const [name, type, base64] of files) {
            transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
          }
          document.body.dispatchEvent(kind === "paste"
            ? new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true })
            : new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }
        """,
        new object[] { kind, files.Select(file => new[] { file.Name, file.MimeType, Convert.ToBase64String(file.Buffer) }).ToArray() });

    /// <summary>R, G, B, A of the overlay at a pixel of the picture.</summary>
    public async Task<int[]> OverlayPixelAsync(int x, int y) => await Page.EvaluateAsync<int[]>(
        "([x, y]) => [...document.getElementById('overlay').getContext('2d').getImageData(x, y, 1, 1).data]", new[] { x, y });

    /// <summary>The position of a pixel of the 751x563 picture on the page.</summary>
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

    /// <summary>Keeps a picture of the page as it is, and finds nothing in it that keeps anybody out.</summary>
    public async Task ShootAsync(string name)
    {
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Site.Screenshots, $"{name}.png"), FullPage = true });
        var axe = await Page.RunAxe();
        Assert.Empty(axe.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}")));
    }

    /// <summary>What fingers press is at least 44 pixels high.</summary>
    public async Task ExpectLargeTargetsAsync() => Assert.Empty(await Page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll("button, label, [role=option]")]
          .filter((target) => target.offsetParent && !target.htmlFor && target.offsetHeight < 44).map((target) => target.textContent.trim())
        """));

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(errors);
    }
}
