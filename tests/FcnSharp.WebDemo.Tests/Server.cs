using FcnSharp.Engine;
using FcnSharp.Prediction;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using WebDemo.Service;

namespace FcnSharp.WebDemoTests;

/// <summary>The demo in memory, with settings of its own and, if given, another engine than the street-scenes network's.</summary>
internal sealed class Server(
    IFcnEngine? engine = null, params (string Name, string Value)[] settings) : WebApplicationFactory<ServiceOptions>
{
    private static readonly Lazy<Server> LazyReal = new(() => new Server());

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
