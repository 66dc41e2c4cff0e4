using System.Net;
using FcnSharp.Engine;
using FcnSharp.Prediction;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using WebDemo;

namespace FcnSharp.WebDemoTests;

/// <summary>The demo on a free port, with the given settings and, optionally, another engine than that of the street-scenes
/// network.</summary>
internal sealed class Server : WebApplicationFactory<ServiceOptions>
{
    private static readonly Lazy<Server> LazyReal = new(() => new Server());

    private readonly IFcnEngine? engine;
    private readonly (string Name, string Value)[] settings;

    public Server(IFcnEngine? engine = null, params (string Name, string Value)[] settings)
    {
        (this.engine, this.settings) = (engine, settings);
        UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
    }

    /// <summary>A server with the real network and the default settings, shared by all tests without side effects.</summary>
    public static Server Real => LazyReal.Value;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in settings)
        {
            builder.UseSetting($"{ServiceOptions.Section}:{name}", value);
        }

        if (engine is not null)
        {
            builder.ConfigureServices(services => services.AddSingleton(_ => new FcnPredictor(engine)));
        }
    }
}
