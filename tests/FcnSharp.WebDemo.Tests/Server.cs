using System.Net;
using FcnSharp.Engine;
using FcnSharp.Prediction;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using WebDemo;

namespace FcnSharp.WebDemoTests;

/// <summary>The demo on a port of its own, with settings of its own and, if given, another engine than the street-scenes
/// network's.</summary>
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

    /// <summary>One with the real network and the settings as they are shipped; for all tests that leave nothing behind.</summary>
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
