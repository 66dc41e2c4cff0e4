using System.Net;
using FcnSharp.Tests.Shared;
using FcnSharp.WebDemoBrowserTests;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Playwright;
using WebDemo;

[assembly: AssemblyFixture(typeof(Site))]

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>The demo on a free port, and one browser for all tests.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly WebApplicationFactory<ServiceOptions> server = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public static string Leuven { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot", "leuven.jpg");

    public async ValueTask InitializeAsync()
    {
        server.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        server.StartServer();
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.LaunchAsync(playwright);
    }

    /// <summary>Opens the page as a new visitor: the demo's, or the one at an address.</summary>
    internal async Task<Visit> VisitAsync(
        BrowserNewContextOptions? options = null, Func<IPage, Task>? prepare = null, bool isReady = true, Uri? address = null)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions(options ?? Screens.Desktop)
        {
            AcceptDownloads = true, BaseURL = (address ?? server.ClientOptions.BaseAddress).ToString(),
        });
        return await Visit.OpenAsync(context, prepare, isReady);
    }

    /// <summary>Shows a page that is one file. The caller disposes its context.</summary>
    internal async Task<IPage> ShowAsync(string html, BrowserNewContextOptions screen)
    {
        var page = await (await browser!.NewContextAsync(screen)).NewPageAsync();
        await page.SetContentAsync(html);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        await server.DisposeAsync();
    }
}
