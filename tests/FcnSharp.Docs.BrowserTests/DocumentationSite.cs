using FcnSharp.DocsBrowserTests;
using FcnSharp.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(DocumentationSite))]

namespace FcnSharp.DocsBrowserTests;

/// <summary>The built site on a port of its own, and one browser for all tests. The variable DOCS_SITE names the site's folder.</summary>
public sealed class DocumentationSite : IAsyncLifetime
{
    private WebApplication? server;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The folder that eng/build-docs.sh wrote.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("DOCS_SITE")
        ?? throw new InvalidOperationException(
            "DOCS_SITE names no folder. Run eng/check-docs.sh, or set it to the folder that eng/build-docs.sh wrote.");

    private static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.UseFileServer(new FileServerOptions
        {
            FileProvider = new PhysicalFileProvider(Folder), StaticFileOptions = { ServeUnknownFileTypes = true },
        });
        await server.StartAsync();
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.LaunchAsync(playwright);
    }

    /// <summary>Opens a page as a new visitor and waits until its script has drawn the navigation.</summary>
    internal async Task<IPage> OpenAsync(string path, BrowserNewContextOptions screen)
    {
        var address = server!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions(screen) { BaseURL = address });
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.Locator("#navbar a").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return page;
    }

    internal static Task ShootAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png") });

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
