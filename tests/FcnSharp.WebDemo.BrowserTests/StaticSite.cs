using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Logging;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>
/// The published browser demo on a server of static and precompressed files, below a path for each visitor. Its
/// content policy allows the page no other source.
/// </summary>
public sealed class StaticSite : IAsyncLifetime
{
    private const string Policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:";
    private static readonly FileExtensionContentTypeProvider Types = new();
    private readonly ConcurrentDictionary<string, long> sent = [];
    private readonly string folder;
    private readonly WebApplication server;

    public StaticSite()
    {
        folder = Environment.GetEnvironmentVariable("BROWSER_DEMO") is { Length: > 0 } given
            ? given
            : throw new InvalidOperationException("BROWSER_DEMO must name the published browser demo: run eng/check-browser.sh.");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    public async ValueTask InitializeAsync() => await server.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    /// <summary>The address of the demo for a visitor.</summary>
    internal Uri AddressFor(string visitor) => new($"{server.Urls.Single()}/below/{visitor}/");

    /// <summary>Size of the bodies that were sent to a visitor, in compressed bytes.</summary>
    internal long SentTo(string visitor) => sent.GetValueOrDefault(visitor);

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var parts = request.Path.Value!.Split('/', 4);
        var file = Path.Combine(folder, parts[^1].Length == 0 ? "index.html" : parts[^1]);
        if (parts is not ["", "below", var visitor, _] || !File.Exists(file))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.ContentType = Types.TryGetContentType(file, out var type) ? type : "application/octet-stream";
        response.Headers.ContentSecurityPolicy = Policy;
        if (request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal) && File.Exists(file + ".br"))
        {
            response.Headers.ContentEncoding = "br";
            file += ".br";
        }

        response.ContentLength = new FileInfo(file).Length;
        sent.AddOrUpdate(visitor, response.ContentLength.Value, (_, before) => before + response.ContentLength.Value);
        await response.SendFileAsync(file, context.RequestAborted);
    }
}
